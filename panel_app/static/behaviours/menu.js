// The menu on a phone: a button that opens and shuts the navigation; Escape shuts it.

export default function menu(button) {
  const nav = document.getElementById(button.getAttribute("aria-controls"));

  function set(open) {
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  for (const part of [button, nav]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      set(false);
      button.focus();
    });
  }
}
