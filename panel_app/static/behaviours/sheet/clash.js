// Two texts for one field, both shown; the person chooses. Nothing is dropped before.

import { place } from "./boxes.js";

export function show(form, clash, choose) {
  remove(form, clash.field);
  const made = form.querySelector("template[data-clash-template]").content.cloneNode(true).firstElementChild;
  made.dataset.clash = clash.field;
  made.querySelector("[data-clash-said]").textContent = clash.error;
  made.querySelector("[data-clash-theirs]").textContent = clash.theirs || "–";
  place(form, clash.field).after(made);
  listen(made, clash, choose);
}

export function listen(made, clash, choose) {
  for (const [name, takes] of [["take", true], ["keep", false]]) {
    const button = made.querySelector(`[data-clash-${name}]`);
    button.type = "button";
    button.addEventListener("click", () => {
      made.remove();
      choose(clash, takes);
    });
  }
}

export function remove(form, field) {
  for (const made of form.querySelectorAll("[data-clash]")) if (made.dataset.clash === field) made.remove();
}

// Those that the server's page already shows.
export function shown(form) {
  return [...form.querySelectorAll("[data-clash]")].map((made) => [
    made,
    { field: made.dataset.clash, theirs: made.dataset.theirs, revision: Number(made.dataset.revision) },
  ]);
}
