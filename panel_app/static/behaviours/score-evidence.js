// The evidence one piece at a time, opened when it is asked for, each at the place where it was left.

import { load } from "./sheet/texts.js";

class Evidence {
  constructor(pane) {
    this.pane = pane;
    this.pieces = [...pane.querySelectorAll("[data-piece]")];
    this.index = pane.querySelector("[data-index]");
    this.walk = pane.querySelector("[data-walk]");
    this.memory = `panel:piece:${pane.dataset.portfolio}`;
    this.places = new Map();
    this.now = null;
  }

  get scroller() {
    return getComputedStyle(this.pane).overflowY === "auto" ? this.pane : document.scrollingElement;
  }

  get at() {
    return this.pieces.indexOf(this.now);
  }

  show(piece, focus = true) {
    if (this.now) this.places.set(this.now, this.scroller.scrollTop);
    this.now = piece;
    this.draw();
    sessionStorage.setItem(this.memory, piece?.id ?? "");
    if (piece) load(piece, this.pane.dataset.wordsFailed);
    if (!focus) return;
    this.scroller.scrollTo({ top: this.places.get(piece) ?? 0, behavior: "instant" });
    (piece ?? this.index.querySelector("a")).focus({ preventScroll: true });
  }

  draw() {
    const { at, now, pieces } = this;
    for (const each of pieces) each.hidden = each !== now;
    this.index.hidden = now !== null;
    this.walk.hidden = now === null;
    this.walk.querySelector("[data-earlier]").disabled = at <= 0;
    this.walk.querySelector("[data-later]").disabled = at === pieces.length - 1;
    const where = this.pane.querySelector("[data-where]");
    const words = where.dataset.words.replace("{n}", at + 1).replace("{most}", pieces.length);
    where.textContent = now ? ` · ${words}` : "";
  }

  // The pieces that the candidate mapped to the criterion at hand stand out.
  mark(code) {
    for (const tag of this.pane.querySelectorAll("[data-maps]")) {
      const fits = tag.dataset.maps === code;
      tag.classList.toggle("tone-work", fits);
      tag.classList.toggle("tone-still", !fits);
    }
  }

  listen() {
    this.index.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      this.show(document.getElementById(link.hash.slice(1)));
    });
    this.walk.querySelector("[data-back]").addEventListener("click", () => this.show(null));
    this.walk.querySelector("[data-earlier]").addEventListener("click", () => this.show(this.pieces[this.at - 1]));
    this.walk.querySelector("[data-later]").addEventListener("click", () => this.show(this.pieces[this.at + 1]));
    document.addEventListener("criterion", ({ detail }) => this.mark(detail));
  }

  start() {
    const left = document.getElementById(sessionStorage.getItem(this.memory) ?? "");
    this.show(this.pieces.includes(left) ? left : null, false);
    const step = document.querySelector("[data-steps] [aria-current]");
    if (step) this.mark(step.dataset.step);
  }
}

export default function scoreEvidence(pane) {
  const evidence = new Evidence(pane);
  evidence.listen();
  evidence.start();
}
