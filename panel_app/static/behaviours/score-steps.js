// One criterion at a time: by its step, by the button that leads on, by keys; a link to a field opens its criterion.

class Steps {
  constructor(form) {
    this.form = form;
    this.sections = [...form.querySelectorAll("[data-criterion]")];
    this.nav = document.querySelector("[data-steps]");
    this.memory = `panel:step:${form.dataset.assignment}`;
    this.now = null;
  }

  named(name) {
    return this.sections.find((section) => section.dataset.criterion === name);
  }

  // Where work goes on: what the address or the server asks for, the last one here, the first that isn't done.
  first() {
    const asked = document.getElementById(location.hash.slice(1))?.closest("[data-criterion]");
    const open = this.nav.querySelector('[data-step]:not([data-state="done"])');
    const names = [this.form.dataset.open, sessionStorage.getItem(this.memory), open?.dataset.step];
    return [asked, ...names.map((name) => this.named(name)), this.sections[0]].find(Boolean);
  }

  step(by) {
    const to = this.sections.indexOf(this.now) + by;
    this.show(this.sections[Math.min(Math.max(to, 0), this.sections.length - 1)]);
  }

  show(section, focus = true) {
    if (!section) return;
    this.now = section;
    for (const each of this.sections) each.hidden = each !== section;
    this.drawBar();
    this.drawSteps();
    sessionStorage.setItem(this.memory, section.dataset.criterion);
    document.dispatchEvent(new CustomEvent("criterion", { detail: section.dataset.criterion }));
    if (focus) this.focus();
  }

  focus() {
    const pane = this.form.closest(".pane");
    if (getComputedStyle(pane).overflowY === "auto") pane.scrollTo({ top: 0 });
    else pane.scrollIntoView();
    this.now.querySelector(".criterion-title").focus({ preventScroll: true });
  }

  drawBar() {
    const isEnd = this.now.dataset.criterion === "finish";
    const next = this.form.querySelector("[data-next]");
    next.hidden = isEnd;
    next.textContent = this.now.dataset.nextWords ?? "";
    this.form.querySelector("[data-submit]").hidden = !isEnd;
  }

  drawSteps() {
    const { wordsNow, wordsDone, wordsOpen } = this.nav.dataset;
    for (const step of this.nav.querySelectorAll("[data-step]")) {
      const isNow = step.dataset.step === this.now.dataset.criterion;
      const isDone = step.dataset.state === "done";
      step.className = `step-${isDone ? "done" : "open"}${isNow ? " step-now" : ""}`;
      if (isNow) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
      step.querySelector("[data-step-words]").textContent = isNow ? wordsNow : isDone ? wordsDone : wordsOpen;
    }
  }

  count(done) {
    for (const step of this.nav.querySelectorAll("[data-step]")) step.dataset.state = done.includes(step.dataset.step) ? "done" : "open";
    const count = document.querySelector("[data-done-count]");
    count.textContent = count.dataset.words.replace("{done}", done.length).replace("{most}", this.sections.length - 1);
    this.drawSteps();
  }

  // A link within the form opens the criterion that its field is in; whoever listens after this puts the focus there.
  follow(event) {
    const target = document.getElementById(event.target.closest('a[href^="#"]')?.hash.slice(1) ?? "");
    const section = target?.closest("[data-criterion]");
    if (section && section !== this.now) this.show(section, false);
  }

  listen() {
    this.nav.addEventListener("click", (event) => {
      const link = event.target.closest("[data-step]");
      if (!link) return;
      event.preventDefault();
      this.show(this.named(link.dataset.step));
    });
    this.form.addEventListener("click", (event) => this.follow(event), { capture: true });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.type === "radio") event.preventDefault();
    });
    this.form.querySelector("[data-next]").addEventListener("click", () => this.step(1));
    document.addEventListener("step", ({ detail }) => this.step(detail));
    this.form.addEventListener("sheet-saved", ({ detail }) => this.count(detail.done));
  }
}

export default function scoreSteps(form) {
  const steps = new Steps(form);
  steps.listen();
  form.querySelector("[data-without-script]").hidden = true;
  steps.show(steps.first(), false);
  form.querySelector("#error-summary")?.focus();
}
