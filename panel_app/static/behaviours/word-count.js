// Counts as the server does: line ends are LF, a word is what stands between white space, a character is a code point.

const SPACE = /[\s\x1c-\x1f\x85]+/u; // what Python's str.split() takes for white space

export function count(text, unit) {
  const lines = text.replace(/\r\n?/g, "\n");
  if (unit === "characters") return [...lines].length;
  return lines.replaceAll("\ufeff", "x").split(SPACE).filter(Boolean).length;
}

export default function wordCount(place) {
  const box = place.querySelector("textarea");
  const said = place.querySelector(".count");
  const { unit, wordsUsed, wordsOf, wordsOver } = place.dataset;
  const most = Number(place.dataset.atMost) || null;
  const number = new Intl.NumberFormat(document.documentElement.lang);

  function show() {
    const n = count(box.value, unit);
    const over = most !== null && n > most;
    const text = (most === null ? wordsUsed : wordsOf).replace("{n}", number.format(n)).replace("{most}", number.format(most));
    said.textContent = over ? `${text} · ${wordsOver.replace("{over}", number.format(n - most))}` : text;
    said.toggleAttribute("data-over", over);
  }

  box.addEventListener("input", show);
  show();
}
