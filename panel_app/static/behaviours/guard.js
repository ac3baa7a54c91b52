// Asks before a page with unsent changes is left. A part that saves by itself says so with a `saved` event on the form.

function now(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));
}

export default function guard(form) {
  let kept = now(form);
  let sending = false;

  form.addEventListener("submit", () => { sending = true; });
  form.addEventListener("saved", () => { kept = now(form); });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && form.isConnected && now(form) !== kept) event.preventDefault();
  });
}
