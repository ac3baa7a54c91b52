// On a narrow window one pane at a time; on a wide one both. The choice is a pressed button; each pane keeps its place.

// A line may come or go above while a pane is hidden, so its place is told by what stood first in the window.
function placeIn(pane) {
  const first = [...pane.querySelectorAll("*")].find((each) => each.getClientRects().length && each.getBoundingClientRect().top >= 0);
  return { first, top: first?.getBoundingClientRect().top ?? 0, y: window.scrollY };
}

function goBack(place) {
  window.scrollTo({ top: place?.y ?? 0, behavior: "instant" });
  if (place?.first?.isConnected) {
    window.scrollBy({ top: place.first.getBoundingClientRect().top - place.top, behavior: "instant" });
  }
}

export default function panes(group) {
  const buttons = [...group.querySelectorAll("button")];
  const narrow = window.matchMedia("(max-width: 1099px)");
  const places = new Map();

  const pressed = () => buttons.find((button) => button.getAttribute("aria-pressed") === "true");

  function show() {
    group.hidden = !narrow.matches;
    for (const button of buttons) {
      document.getElementById(button.value).hidden = narrow.matches && button !== pressed();
    }
  }

  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button === pressed()) return;
    places.set(pressed().value, placeIn(document.getElementById(pressed().value)));
    for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
    show();
    if (narrow.matches) goBack(places.get(button.value));
  });
  narrow.addEventListener("change", show);
  show();
}
