// Keys of the score sheet. Silent while a text has the focus; off when the person says so; each change is announced.

const SWITCH = "panel:keys";
const TYPES = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])";

export default function scoreKeys(form) {
  const dialog = document.getElementById("keys");
  const choice = dialog.querySelector("[data-keys-on]");
  const said = document.querySelector("[data-announce]");
  const hints = form.querySelector("[data-bar-keys]");

  const isOn = () => localStorage.getItem(SWITCH) !== "off";
  const now = () => form.querySelector("[data-criterion]:not([hidden])");
  const radios = () => [...now().querySelectorAll(".levels input")];

  function tell(radio) {
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function choose(number) {
    const radio = radios().find(({ value }) => value === number);
    if (!radio) return false;
    if (!radio.checked) {
      radio.checked = true;
      tell(radio);
    }
    return true;
  }

  function clear() {
    const chosen = radios().find((radio) => radio.checked);
    if (!chosen) return false;
    chosen.checked = false;
    tell(chosen);
    return true;
  }

  function evidence() {
    document.querySelector('.pane-tabs button[value="evidence"]')?.click();
    document.getElementById("evidence").focus();
    return true;
  }

  function step(by) {
    document.querySelector('.pane-tabs button[value="rubric"]')?.click();
    document.dispatchEvent(new CustomEvent("step", { detail: by }));
    return true;
  }

  function reason() {
    document.querySelector('.pane-tabs button[value="rubric"]')?.click();
    const box = now().querySelector("textarea");
    box?.focus();
    return Boolean(box);
  }

  function list() {
    choice.checked = isOn();
    dialog.showModal();
    return true;
  }

  const acts = { 0: clear, j: () => step(1), k: () => step(-1), r: reason, e: evidence, "?": list };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    if (event.target.matches?.(TYPES)) {
      if (event.key === "Escape" && form.contains(event.target)) now().querySelector(".criterion-title").focus();
      return;
    }
    if (!isOn()) return;
    const act = /^[1-9]$/.test(event.key) ? () => choose(event.key) : acts[event.key];
    if (act?.()) event.preventDefault();
  });

  form.addEventListener("change", ({ target }) => {
    if (!target.matches?.(".levels input")) return;
    const words = target.checked ? form.dataset.saidChosen : form.dataset.saidCleared;
    const name = target.closest(".level").querySelector(".level-name").textContent;
    said.textContent = words.replace("{code}", target.name.split(".")[0]).replace("{level}", name);
  });
  choice.addEventListener("change", () => {
    localStorage.setItem(SWITCH, choice.checked ? "on" : "off");
    draw();
  });
  form.querySelector("[data-keys-open]").addEventListener("click", list);

  function draw() {
    hints.hidden = false;
    hints.classList.toggle("keys-off", !isOn());
  }
  draw();
}
