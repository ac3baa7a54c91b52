// Before danger: focus goes to what will happen; Escape or "keep" takes it back.

export default function confirm(details) {
  const summary = details.querySelector("summary");
  const keep = details.querySelector("[data-keep]");
  const first = details.querySelector("input:not([type=hidden]), textarea, select");

  function shut() {
    details.open = false;
    summary.focus();
  }

  keep.hidden = false;
  keep.addEventListener("click", shut);
  details.addEventListener("toggle", () => {
    if (details.open) (first ?? keep).focus();
  });
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) shut();
  });
}
