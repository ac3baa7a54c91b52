// On a narrow window one pane at a time; on a wide one both. The choice is a pressed button; each pane keeps its place.

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
    places.set(pressed().value, window.scrollY);
    for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
    show();
    if (narrow.matches) window.scrollTo({ top: places.get(button.value) ?? 0, behavior: "instant" });
  });
  narrow.addEventListener("change", show);
  show();
}
