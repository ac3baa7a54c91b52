// Levels as they were, the last change first: taken back one by one, by key or by button, until the page is left.

const nameOf = (group) => group.querySelector("input").name;
const valueOf = (group) => group.querySelector("input:checked")?.value ?? "";

export default class Undo {
  constructor(form) {
    Object.assign(this, { form, button: form.querySelector("[data-undo]"), were: [], now: new Map() });
    for (const group of this.groups) this.now.set(nameOf(group), valueOf(group));
    form.addEventListener("change", (event) => this.changed(event), { capture: true });
    this.button.addEventListener("click", () => this.back());
  }

  get groups() {
    return [...this.form.querySelectorAll(".levels")];
  }

  // What another page saved changes its field as a whole: that is not this person's to undo.
  changed({ target }) {
    const group = target.matches("input") ? target.closest(".levels") : target.querySelector(".levels");
    if (!group) return;
    const [name, value] = [nameOf(group), valueOf(group)];
    if (target.matches("input") && value !== this.now.get(name)) this.were.push([name, this.now.get(name)]);
    this.now.set(name, value);
    this.draw();
  }

  back() {
    const [name, value] = this.were.pop() ?? [];
    const group = this.groups.find((each) => nameOf(each) === name);
    if (!group) return false;
    const changed = [...group.querySelectorAll("input")].find((input) => (value ? input.value === value : input.checked));
    if (changed) {
      changed.checked = value !== "";
      this.now.set(name, value);
      for (const event of ["input", "change"]) changed.dispatchEvent(new Event(event, { bubbles: true }));
    }
    this.draw();
    return true;
  }

  draw() {
    const [last] = this.were.at(-1) ?? [];
    this.button.hidden = last === undefined;
    if (last !== undefined) this.button.textContent = this.button.dataset.words.replace("{code}", last.split(".")[0]);
  }
}
