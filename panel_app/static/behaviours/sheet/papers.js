// What a piece of evidence can do, whatever its kind: give its words page by page, and show a place in itself.
// A place is { page, quote, box, nth }; showing one answers with { page, state }: found, moved (another page) or gone.

import { places, standOut } from "./squeeze.js";
import { load } from "./texts.js";

const papers = new Map();

export function register(piece, paper) {
  papers.set(piece, paper);
}

export function paperOf(piece) {
  if (!papers.has(piece)) papers.set(piece, piece.querySelector("[data-picture]") ? new Picture(piece) : new Text(piece));
  return papers.get(piece);
}

// The frame of a box, in fractions of the page or picture that it lies on.
export function frame(on, box) {
  document.querySelector(".frame")?.remove();
  if (!box) return null;
  const made = document.createElement("div");
  made.className = "frame";
  for (const [side, share] of Object.entries({ left: box[0], top: box[1], width: box[2], height: box[3] })) made.style[side] = `${share * 100}%`;
  on.append(made);
  return made;
}

// Words stand out and come into sight; null where they don't stand.
export function show(place) {
  const range = standOut(place);
  if (!range) return null;
  const near = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
  near.scrollIntoView({ block: "center", behavior: "instant" });
  return range;
}

class Text {
  constructor(piece) {
    this.piece = piece;
  }

  get root() {
    return this.piece.querySelector("[data-words-of]") ?? this.piece;
  }

  async *texts() {
    await load(this.piece);
    yield { page: null, text: this.root.textContent };
  }

  async has({ quote }) {
    await load(this.piece);
    return !quote || places(this.root.textContent, quote, 1).length > 0 ? "found" : "gone";
  }

  async reveal({ quote, nth }) {
    await load(this.piece);
    frame(this.root, null);
    const range = show(quote ? { root: this.root, words: quote, nth: nth ?? 0 } : null);
    return { page: null, state: quote && !range ? "gone" : "found" };
  }
}

class Picture {
  constructor(piece) {
    this.piece = piece;
  }

  async *texts() {}

  async has() {
    return "found";
  }

  async reveal({ box }) {
    standOut(null);
    const made = frame(this.piece.querySelector("[data-picture]"), box);
    made?.scrollIntoView({ block: "center", behavior: "instant" });
    return { page: null, state: "found" };
  }
}
