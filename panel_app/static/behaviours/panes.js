// On a narrow window one pane at a time; on a wide one both. The choice is a pressed button.

export default function panes(group) {
  const buttons = [...group.querySelectorAll("button")];
  const narrow = window.matchMedia("(max-width: 1000px)");

  function show() {
    group.hidden = !narrow.matches;
    for (const button of buttons) {
      document.getElementById(button.value).hidden = narrow.matches && button.getAttribute("aria-pressed") !== "true";
    }
  }

  group.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
    show();
  });
  narrow.addEventListener("change", show);
  show();
}
