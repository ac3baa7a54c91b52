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
    send(dialog, made, form.getAttribute("action") || address);
  });
  made.querySelector("input:not([type=hidden])")?.focus();
}

// A page with a form of its own came back: an error, or a second step. Any other page: signed in.
async function send(dialog, form, address) {
  try {
    const answer = await fetch(address, { ...own, method: "POST", body: new URLSearchParams(new FormData(form)) });
    const next = new URL(answer.url).pathname;
    const more = /^\/(sign-in|second-)/.test(next) ? await formOf(answer) : null;
    if (more) show(dialog, more, next);
    else dialog.close("signed-in");
  } catch {
    dialog.querySelector("[data-sign-in-form]").replaceChildren(dialog.dataset.wordsFailed);
  }
}

export async function signInHere(dialog) {
  const answer = await fetch(dialog.dataset.address, own);
  const found = await formOf(answer);
  if (!found) return dialog.close("signed-in"); // signed in on another tab meanwhile
  dialog.returnValue = "";
  if (!dialog.open) dialog.showModal();
  return show(dialog, found, dialog.dataset.address);
}
