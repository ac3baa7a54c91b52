// What the page says of its saves: the tag in the corner, the banner above the form, the sentence at a field.

import { place } from "./boxes.js";

export function clashAt(form, field) {
  return form.querySelector(`[data-clash="${CSS.escape(field)}"]`);
}

// trouble: signed-out, shut, later or none; last: the sentence of the last save.
export function show(form, outbox, trouble, last) {
  const said = document.querySelector("[data-saved]");
  const words = form.dataset;
  const dirty = !outbox.isEmpty;
  const inTrouble = { "signed-out": words.saidSignIn, shut: words.saidShut, later: outbox.isKept ? words.saidKept : words.saidLost };
  const isHeld = [...outbox.held].some((field) => clashAt(form, field));
  const idle = outbox.isSendable ? words.saidUnsaved : isHeld ? words.saidClash : words.saidRefused;
  const text = dirty ? inTrouble[trouble] ?? idle : last;
  const tone = !dirty ? "good" : trouble || !outbox.isSendable ? "bad" : "wait";
  if (said.textContent !== text) said.textContent = text;
  said.className = `tag tone-${tone}`;
  const again = form.querySelector("[data-saved-again]"); // the same at the bottom of a narrow window, for eyes alone
  again.textContent = text;
  again.className = `tag tone-${tone} bar-saved`;
}

export function banner(form, words, signIn = false) {
  const box = form.querySelector("[data-banner]");
  box.hidden = !words;
  box.querySelector("[data-banner-words]").textContent = words ?? "";
  box.querySelector("[data-banner-sign-in]").hidden = !signIn;
}

export function refuse(form, field, words) {
  const box = place(form, field);
  box.querySelector("[data-refused]")?.remove();
  if (!words) return;
  const error = document.createElement("p");
  error.className = "field-error";
  error.dataset.refused = field;
  error.setAttribute("role", "alert");
  error.textContent = words;
  box.append(error);
}
