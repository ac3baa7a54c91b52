// What each answer of the server asks of an open sheet; their names are those that wire.js gives them.

import { put } from "./boxes.js";
import * as clashes from "./clash.js";
import * as shelf from "./shelf.js";
import { signInHere } from "./sign-in.js";
import * as status from "./status.js";

const TRIES = [2000, 5000, 10000, 30000];

export function saved(saver, answer, { field, value }) {
  const { form, outbox } = saver;
  Object.assign(saver, { trouble: null, failures: 0, last: answer.said });
  saver.saved.set(field, value);
  outbox.done(answer.revision);
  status.banner(form, null);
  saver.adopt(answer.others);
  form.dataset.revision = answer.revision;
  saver.remember(answer.revision);
  form.dispatchEvent(new CustomEvent("sheet-saved", { detail: answer }));
}

export function clash(saver, answer, change) {
  saver.last = answer.said;
  if (toOwn(saver, change)) clashes.show(saver.form, answer, (...choice) => saver.choose(...choice));
}

export function refused(saver, answer, change) {
  if (toOwn(saver, change)) status.refuse(saver.form, change.field, answer.error);
}

// A change that its person must decide about stands in its box, held; an earlier page's waits behind this one's own.
function toOwn({ form, outbox }, change) {
  if (outbox.isOwn(change)) outbox.back();
  else {
    const isFree = !outbox.waiting.has(change.field);
    outbox.yield();
    if (!isFree) return false;
    put(form, change.field, change.value);
  }
  outbox.hold(change.field);
  return true;
}

export function shut(saver, answer) {
  saver.outbox.back();
  saver.trouble = "shut";
  status.banner(saver.form, answer.error);
  shelf.erase(saver.outbox.assignment).catch(() => {}); // the worker does it when the page is opened next
}

export function signedOut(saver, { isOther }) {
  const { saidSignedOut, saidOther } = saver.form.dataset;
  saver.outbox.back();
  saver.trouble = "signed-out";
  status.banner(saver.form, isOther ? saidOther : saidSignedOut, true);
  const dialog = document.querySelector("[data-sign-in]");
  dialog.onclose = () => dialog.returnValue === "signed-in" && saver.again();
  saver.form.querySelector("[data-banner-sign-in]").onclick = () => signInHere(dialog);
}

export function later(saver, { status: code }) {
  saver.outbox.back();
  saver.trouble = "later";
  status.banner(saver.form, code ? saver.form.dataset.saidBusy : null);
  saver.soon(TRIES[Math.min(saver.failures++, TRIES.length - 1)]);
}
