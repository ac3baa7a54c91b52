// "n" goes where this link leads; never while something is typed, and not where keys were turned off.

const SWITCH = "panel:keys";
const TYPES = "input, textarea, select, [contenteditable]";

export default function nextReview(link) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPES)) return;
    if (localStorage.getItem(SWITCH) === "off") return;
    event.preventDefault();
    link.click();
  });
}
