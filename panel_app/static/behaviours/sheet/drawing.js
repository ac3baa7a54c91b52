// A box on a page or a picture: dragged, or made by two clicks, for those who can't drag; Escape gives up.

import { frame } from "./papers.js";

const LEAST = 0.01;

const rounded = (share) => Math.round(Math.min(Math.max(share, 0), 1) * 10000) / 10000;

function spot(on, event) {
  const { left, top, width, height } = on.getBoundingClientRect();
  return [(event.clientX - left) / width, (event.clientY - top) / height].map(rounded);
}

function between([x, y], [otherX, otherY]) {
  return [Math.min(x, otherX), Math.min(y, otherY), Math.abs(x - otherX), Math.abs(y - otherY)].map(rounded);
}

const isLarge = ([, , width, height]) => width >= LEAST && height >= LEAST;

class Drawing {
  constructor(pane, done) {
    Object.assign(this, { pane, done, button: null, on: null, corner: null });
  }

  toggle(button) {
    if (this.button) return this.stop();
    this.button = button;
    button.setAttribute("aria-pressed", "true");
    this.pane.classList.add("drawing");
    return undefined;
  }

  stop() {
    this.button?.setAttribute("aria-pressed", "false");
    this.pane.classList.remove("drawing");
    if (this.on) frame(this.on, null);
    Object.assign(this, { button: null, on: null, corner: null });
  }

  press(event) {
    const on = event.target.closest?.("[data-number], [data-picture]");
    if (!this.button || !on || event.button !== 0) return;
    event.preventDefault();
    if (this.on === on) return; // the second of two clicks ends where it is let go
    Object.assign(this, { on, corner: spot(on, event) });
  }

  move(event) {
    if (this.on) frame(this.on, between(this.corner, spot(this.on, event)));
  }

  release(event) {
    if (!this.on) return;
    const box = between(this.corner, spot(this.on, event));
    if (!isLarge(box)) return;
    const number = Number(this.on.dataset.number) || null;
    this.stop();
    this.done({ page: number, box });
  }

  listen() {
    this.pane.addEventListener("pointerdown", (event) => this.press(event));
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.release(event));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
  }
}

export function drawing(pane, done) {
  const made = new Drawing(pane, done);
  made.listen();
  return made;
}
