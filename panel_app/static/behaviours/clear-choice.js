// A level can be taken back: by the button, or by Delete or Backspace on a level. The form hears of it as of any change.

export default function clearChoice(group) {
  const button = group.querySelector("[data-clear]");
  if (!button) return;
  const radios = () => [...group.querySelectorAll('input[type="radio"]')];

  function show() {
    button.hidden = !radios().some((radio) => radio.checked);
  }

  function clear() {
    const chosen = radios().find((radio) => radio.checked);
    if (!chosen) return;
    chosen.checked = false;
    chosen.focus();
    for (const name of ["input", "change"]) chosen.dispatchEvent(new Event(name, { bubbles: true }));
  }

  button.type = "button";
  button.addEventListener("click", clear);
  group.addEventListener("change", show);
  group.addEventListener("keydown", (event) => {
    if (!["Delete", "Backspace"].includes(event.key) || event.target.type !== "radio") return;
    event.preventDefault();
    clear();
  });
  show();
}
