// Keys of the score sheet. Silent while a text has the focus; off when the person says so; each change is announced.

import { keysAreOn, turnKeys } from "./sheet/switch.js";
import Undo from "./sheet/undo.js";

const TYPES = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])";

const showPane = (name) => document.querySelector(`.pane-tabs button[value="${name}"]`)?.click();

class Keys {
  constructor(form) {
    this.form = form;
    this.dialog = document.getElementById("keys");
    this.choice = this.dialog.querySelector("[data-keys-on]");
    this.undo = new Undo(form);
    this.acts = { 0: () => this.clear(), c: () => this.choose("cannot_judge"), u: () => this.undo.back(), j: () => this.step(1), k: () => this.step(-1), r: () => this.reason(), e: () => this.evidence(), "/": () => this.find(), "?": () => this.list() };
  }

  get section() {
    return this.form.querySelector("[data-criterion]:not([hidden])");
  }

  get radios() {
    return [...this.section.querySelectorAll(".levels input")];
  }

  set(radio, checked) {
    if (!radio) return false;
    if (radio.checked === checked) return true;
    radio.checked = checked;
    for (const name of ["input", "change"]) radio.dispatchEvent(new Event(name, { bubbles: true }));
    return true;
  }

  choose(number) {
    return this.set(this.radios.find(({ value }) => value === number), true);
  }

  clear() {
    return this.set(this.radios.find(({ checked }) => checked), false);
  }

  step(by) {
    showPane("rubric");
    document.dispatchEvent(new CustomEvent("step", { detail: by }));
    return true;
  }

  reason() {
    showPane("rubric");
    [...this.section.querySelectorAll("textarea")].find((box) => box.offsetParent)?.focus();
    return true;
  }

  evidence() {
    showPane("evidence");
    document.getElementById("evidence").focus();
    return true;
  }

  find() {
    showPane("evidence");
    document.dispatchEvent(new Event("find"));
    return true;
  }

  list() {
    this.choice.checked = keysAreOn();
    this.dialog.showModal();
    return true;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || this.dialog.open) return;
    if (event.target.matches?.(TYPES)) {
      if (event.key === "Escape" && this.form.contains(event.target)) this.section.querySelector(".criterion-title").focus();
      return;
    }
    if (!keysAreOn()) return;
    const act = /^[1-9]$/.test(event.key) ? () => this.choose(event.key) : this.acts[event.key];
    if (act?.()) event.preventDefault();
  }

  announce({ target }) {
    if (!target.matches?.(".levels input")) return;
    const { saidChosen, saidCleared } = this.form.dataset;
    const name = target.closest(".level").querySelector(".level-name").textContent;
    const words = target.checked ? saidChosen : saidCleared;
    document.querySelector("[data-announce]").textContent = words.replace("{code}", target.name.split(".")[0]).replace("{level}", name);
  }

  draw() {
    const hints = this.form.querySelector("[data-bar-keys]");
    hints.hidden = false;
    hints.classList.toggle("keys-off", !keysAreOn());
  }

  turn() {
    turnKeys(this.choice.checked);
    this.draw();
  }
}

export default function scoreKeys(form) {
  const keys = new Keys(form);
  document.addEventListener("keydown", (event) => keys.press(event));
  form.addEventListener("change", (event) => keys.announce(event));
  keys.choice.addEventListener("change", () => keys.turn());
  form.querySelector("[data-keys-open]").addEventListener("click", () => keys.list());
  keys.draw();
}
