// Saves a score sheet as it is typed, one field a time, and always says what is saved and what is not.
// What isn't acknowledged stays in the page and on the device, and is sent when that becomes possible.

import Saver from "./sheet/saver.js";
import * as status from "./sheet/status.js";

const SUBMIT_WAITS = 6000;

async function settled(saver) {
  const end = Date.now() + SUBMIT_WAITS;
  while (saver.outbox.isSendable && saver.trouble === null && Date.now() < end) await new Promise((go) => setTimeout(go, 30));
}

// The form carries everything on the screen; a save under way is waited for, but not for ever.
async function submit(form, saver, event) {
  const { submitter } = event;
  const { outbox } = saver;
  if (saver.leaving || outbox.isEmpty) {
    saver.leaving = true;
    return;
  }
  event.preventDefault();
  saver.again();
  await settled(saver);
  if (saver.trouble === "later") status.banner(form, form.dataset.saidOffline);
  if (saver.trouble !== null) return;
  if (outbox.isEmpty || outbox.isSendable) {
    saver.leaving = true;
    form.requestSubmit(submitter);
  } else form.querySelector("[data-clash] button, [data-refused]")?.scrollIntoView({ block: "center" });
}

export default function scoreSave(form) {
  const saver = new Saver(form);
  form.addEventListener("input", ({ target }) => saver.changed(target));
  form.addEventListener("submit", (event) => submit(form, saver, event));
  for (const name of ["online", "focus"]) window.addEventListener(name, () => saver.again());
  window.addEventListener("beforeunload", (event) => saver.keepsPage(event));
  saver.start();
}
