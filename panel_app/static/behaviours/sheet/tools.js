// The tools of the evidence: another page, another size, and what of the piece at hand becomes a reference.

import { drawing } from "./drawing.js";
import { paperOf } from "./papers.js";
import { selected } from "./selected.js";

const SIZES = [50, 75, 100, 125, 150, 200, 300];

class Tools {
  constructor(pane) {
    Object.assign(this, { pane, bar: pane.querySelector("[data-tools]"), piece: null, page: null, size: 100, place: null });
    this.drawn = drawing(pane, (box) => this.refer({ piece: this.piece.dataset.piece, ...box }));
  }

  part(name) {
    return this.bar.querySelector(`[data-${name}]`);
  }

  // Each kind of piece has its tools: pages for a PDF, sizes for what is drawn, boxes there too.
  open(piece) {
    Object.assign(this, { piece, page: null });
    const isPdf = Boolean(piece?.querySelector(".pdf"));
    const isDrawn = isPdf || Boolean(piece?.querySelector("[data-picture]"));
    this.bar.hidden = piece === null;
    this.part("pages").hidden = true;
    this.part("sizes").hidden = !isDrawn;
    this.part("draw").hidden = !isDrawn;
    this.drawn.stop();
    this.resize(100);
    this.offer();
  }

  turned({ page, most }) {
    this.page = page;
    this.part("pages").hidden = false;
    const box = this.part("page");
    if (document.activeElement !== box) box.value = page;
    this.part("most").textContent = this.part("most").dataset.words.replace("{most}", most);
    this.offer();
  }

  jump() {
    const number = Number.parseInt(this.part("page").value, 10);
    if (Number.isInteger(number)) paperOf(this.piece).jump(number).catch(() => {});
  }

  resize(size) {
    this.size = size;
    this.pane.style.setProperty("--zoom", size / 100);
    this.part("size").textContent = `${size} %`;
    this.part("smaller").disabled = size === SIZES.at(0);
    this.part("larger").disabled = size === SIZES.at(-1);
  }

  // What the button would refer to now: the selected words, else the page at hand, else the piece.
  offer() {
    if (!this.piece) return;
    this.place = selected(this.piece) ?? { piece: this.piece.dataset.piece, page: this.page };
    const { wordsQuote, wordsPage, wordsPiece } = this.part("refer").dataset;
    const words = this.place.quote ? wordsQuote : this.page ? wordsPage : wordsPiece;
    this.part("refer").textContent = words.replace("{piece}", this.place.piece).replace("{n}", this.page);
  }

  refer(place) {
    const copy = this.piece.dataset.copy;
    document.dispatchEvent(new CustomEvent("refer", { detail: { ...place, ...(copy ? { copy } : {}) } }));
  }

  listen() {
    this.pane.addEventListener("piece", ({ detail }) => this.open(detail));
    this.pane.addEventListener("page", ({ detail, target }) => this.piece?.contains(target) && this.turned(detail));
    this.part("page").addEventListener("change", () => this.jump());
    for (const [name, by] of [["smaller", -1], ["larger", 1]]) {
      this.part(name).addEventListener("click", () => this.resize(SIZES[SIZES.indexOf(this.size) + by] ?? this.size));
    }
    document.addEventListener("selectionchange", () => this.offer());
    this.part("refer").addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    this.part("refer").addEventListener("click", () => this.refer(this.place));
    document.addEventListener("refer-now", () => this.piece && this.refer(this.place));
    this.part("draw").addEventListener("click", () => this.drawn.toggle(this.part("draw")));
  }
}

export default function tools(pane) {
  new Tools(pane).listen();
}
