// Counts as the server does: line ends are LF, white space around the text does not count, a word is what stands
// between white space, a letter is a code point.

const SPACE = /[\x1c-\x1f\x85]|(?!\ufeff)\s/u; // what Python's str.split() and str.strip() take for white space

export function count(text, unit) {
  const lines = text.replace(/\r\n?/g, "\n");
  if (unit === "words") return lines.split(SPACE).filter(Boolean).length;
  const letters = [...lines];
  const first = letters.findIndex((letter) => !SPACE.test(letter));
  const last = letters.findLastIndex((letter) => !SPACE.test(letter));
  return first === -1 ? 0 : last - first + 1;
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
