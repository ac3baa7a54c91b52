// Signing in again without leaving the sheet: the sign-in page's own form, in a dialog. What was typed stays where it is.

const own = { credentials: "same-origin", headers: { Accept: "text/html" } };

async function formOf(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector("main form[method=post]");
  const errors = [...page.querySelectorAll(".error-summary li")].map((each) => each.textContent.trim());
  return form && { form, errors: [...new Set(errors)].join(" ") };
}

function show(dialog, { form, errors }, address) {
  const made = document.importNode(form, true);
  made.removeAttribute("data-behaviour");
  for (const each of made.querySelectorAll("[id]")) each.id = `again-${each.id}`;
  for (const each of made.querySelectorAll("label[for]")) each.htmlFor = `again-${each.htmlFor}`;
  for (const name of ["aria-describedby", "aria-labelledby"]) for (const each of made.querySelectorAll(`[${name}]`)) each.removeAttribute(name);
  dialog.querySelector("[data-sign-in-said]").textContent = errors;
  dialog.querySelector("[data-sign-in-form]").replaceChildren(made);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(dialog, form.getAttribute("action") || address, new URLSearchParams(new FormData(made)));
  });
  made.querySelector("input:not([type=hidden])")?.focus();
}

// A page with a form of its own came: to sign in, an error, or a second step. Any other page: signed in.
async function ask(dialog, address, body) {
  try {
    const answer = await fetch(address, body ? { ...own, method: "POST", body } : own);
    const next = new URL(answer.url).pathname;
    const more = /^\/(sign-in|second-)/.test(next) ? await formOf(answer) : null;
    if (more) show(dialog, more, next);
    else dialog.close("signed-in");
  } catch {
    dialog.querySelector("[data-sign-in-said]").textContent = dialog.dataset.wordsFailed;
  }
}

export function signInHere(dialog) {
  dialog.returnValue = "";
  dialog.querySelector("[data-sign-in-form]").replaceChildren();
  dialog.querySelector("[data-sign-in-said]").textContent = "";
  dialog.showModal();
  return ask(dialog, dialog.dataset.address);
}
