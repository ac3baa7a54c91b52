// Light, dark or as the device says. The choice is a cookie, so that the server renders it on the next page.

const YEAR = 60 * 60 * 24 * 365;

function remember(choice) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const life = choice === "auto" ? 0 : YEAR;
  document.cookie = `theme=${choice}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
}

function show(group, choice) {
  const root = document.documentElement;
  if (choice === "auto") delete root.dataset.theme;
  else root.dataset.theme = choice;
  document.querySelector('meta[name="color-scheme"]').content = choice === "auto" ? "light dark" : choice;
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === choice));
  }
}

export default function theme(group) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    remember(button.value);
    show(group, button.value);
  });
}
