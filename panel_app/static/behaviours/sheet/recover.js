// What wasn't saved before this page came: two texts that the server's page shows, and what earlier pages left here.

import { whenGone } from "./alive.js";
import { get, put } from "./boxes.js";
import * as clashes from "./clash.js";
import * as device from "./device.js";

// A page from the shelf may be older than what this device saved since.
function catchUp({ form, outbox, saved }, sheet) {
  if (!sheet || sheet.revision <= Number(form.dataset.revision)) return;
  for (const [field, { value, revision }] of Object.entries(sheet.fields)) {
    if (!saved.has(field) || outbox.has(field)) continue;
    if (saved.get(field) !== value) put(form, field, value);
    saved.set(field, value);
    outbox.know(field, revision);
  }
  form.dataset.revision = sheet.revision;
}

function inherit({ form, outbox, saved }, change) {
  const isKnown = saved.has(change.field);
  if (isKnown && saved.get(change.field) === change.value && !outbox.has(change.field)) return;
  const isShown = isKnown && !outbox.waiting.has(change.field) && outbox.flying?.field !== change.field;
  if (isShown) put(form, change.field, change.value);
  outbox.inherit({ ...change, isShown, isStuck: !isKnown });
}

async function takeOver(saver, holder) {
  const { assignment, page } = saver.outbox;
  for (const change of await device.takeOver(assignment, holder, page)) inherit(saver, change);
  saver.outbox.keep();
  saver.show();
  saver.soon(0);
}

export default async function recover(saver, choose) {
  const { form, outbox, saved } = saver;
  for (const [made, clash] of clashes.shown(form)) {
    clashes.listen(made, clash, choose);
    saved.set(clash.field, clash.theirs);
    outbox.add(clash.field, get(form, clash.field));
    outbox.hold(clash.field);
  }
  try {
    catchUp(saver, await device.remembered(outbox.assignment));
    for (const holder of await device.holders(outbox.assignment, outbox.page)) whenGone(holder, () => takeOver(saver, holder));
  } catch {
    outbox.isKept = false; // a device may refuse (private window, full store): then the page alone keeps
  }
}
