// The words that are selected in a piece, as a place that can be found again.

import { places, squeeze } from "./squeeze.js";

const MOST_LETTERS = 400;

// How often the same words stand before these in the same text.
function nthOf(root, range, quote) {
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return places(before.toString(), quote).length;
}

export function selected(piece) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const from = range.startContainer.parentElement ?? range.startContainer;
  const page = from.closest?.("[data-number]");
  const root = page?.querySelector(".pdf-words") ?? piece.querySelector("[data-words-of]");
  if (!root?.contains(range.startContainer)) return null;
  if (!root.contains(range.endContainer)) range.setEndAfter(root.lastChild); // a reference stays on its first page
  const quote = selection.toString().replace(/\s+/g, " ").trim().slice(0, MOST_LETTERS);
  if (!squeeze(quote).plain) return null;
  return { piece: piece.dataset.piece, page: page ? Number(page.dataset.number) : null, quote, nth: nthOf(root, range, quote) };
}
