// The evidence one piece at a time, opened when it is asked for, each at the place where it was left.

import { paperOf } from "./sheet/papers.js";
import { load } from "./sheet/texts.js";
import tools from "./sheet/tools.js";

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
    if (piece) load(piece);
    this.pane.dispatchEvent(new CustomEvent("piece", { detail: piece }));
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

  // A place in the evidence, from a reference or a search: `answer` hears whether it was found there.
  async go({ place, answer }) {
    const piece = this.pieces.find((each) => each.dataset.piece === place.piece);
    if (!piece) return answer?.({ page: null, state: "gone" });
    document.querySelector('.pane-tabs button[value="evidence"]')?.click();
    if (piece !== this.now) this.show(piece);
    const shown = await paperOf(piece).reveal(place).catch(() => null);
    if (shown) answer?.(shown);
  }

  // The pieces that the candidate mapped to the criterion at hand stand out, and are named in one line.
  mark(code) {
    for (const tag of this.pane.querySelectorAll("[data-maps]")) {
      const fits = tag.dataset.maps === code;
      tag.classList.toggle("tone-work", fits);
      tag.classList.toggle("tone-still", !fits);
    }
    const line = this.pane.querySelector("[data-mapped]");
    const fitting = this.pieces.filter((piece) => piece.querySelector(`[data-maps="${CSS.escape(code)}"]`));
    const { words, wordsNone } = line.dataset;
    line.hidden = code === "finish";
    line.replaceChildren((fitting.length ? words : wordsNone).replace("{code}", code), ...fitting.flatMap((piece) => [" ", this.link(piece)]));
  }

  link(piece) {
    const link = document.createElement("button");
    link.type = "button";
    link.className = "tag tone-work";
    link.textContent = piece.dataset.piece;
    link.title = piece.dataset.says;
    link.addEventListener("click", () => this.show(piece));
    return link;
  }

  listen() {
    this.pane.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const piece = this.pieces.find((each) => each.id === link?.hash.slice(1));
      if (!piece) return;
      event.preventDefault();
      this.show(piece);
    });
    this.walk.querySelector("[data-back]").addEventListener("click", () => this.show(null));
    this.walk.querySelector("[data-earlier]").addEventListener("click", () => this.show(this.pieces[this.at - 1]));
    this.walk.querySelector("[data-later]").addEventListener("click", () => this.show(this.pieces[this.at + 1]));
    document.addEventListener("criterion", ({ detail }) => this.mark(detail));
    document.addEventListener("evidence-place", ({ detail }) => this.go(detail));
  }

  start() {
    const asked = location.hash.slice(1); // a link was followed before the scripts were here
    const left = sessionStorage.getItem(this.memory);
    const at = (id) => this.pieces.find((piece) => piece.id === id);
    this.show(at(asked) ?? at(left) ?? null, false);
    const step = document.querySelector("[data-steps] [aria-current]");
    if (step) this.mark(step.dataset.step);
  }
}

export default function scoreEvidence(pane) {
  const evidence = new Evidence(pane);
  evidence.listen();
  tools(pane);
  evidence.start();
}
