// "n" goes where this link leads; never while something is typed, and not where keys were turned off.

import { keysAreOn } from "./sheet/switch.js";

const TYPES = "input, textarea, select, [contenteditable]";

export default function nextReview(link) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPES)) return;
    if (!keysAreOn()) return;
    event.preventDefault();
    link.click();
  });
}
