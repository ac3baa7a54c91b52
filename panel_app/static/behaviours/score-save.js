// Saves a score sheet as it is typed, one field a time, and always says what is saved and what is not.
// What isn't acknowledged stays in the page and on the device, and is sent when that becomes possible.

import { get, names, place, put } from "./sheet/boxes.js";
import * as clashes from "./sheet/clash.js";
import Outbox from "./sheet/outbox.js";
import recover from "./sheet/recover.js";
import * as status from "./sheet/status.js";
import { send } from "./sheet/wire.js";

const PAUSE = 700;
const TRIES = [2000, 5000, 10000, 30000];
const SUBMIT_WAITS = 6000;

export default function scoreSave(form) {
  const { assignment, page, revision } = form.dataset;
  const outbox = new Outbox({ assignment, page, revision: Number(revision), names: names(form) });
  const saved = new Map(names(form).map((field) => [field, get(form, field)]));
  let last = document.querySelector("[data-saved]").textContent;
  let trouble = null; // signed-out, shut or later
  let failures = 0;
  let timer = null;
  let leaving = false;

  const show = () => status.show(form, outbox, trouble, last);

  function soon(pause) {
    clearTimeout(timer);
    timer = setTimeout(next, pause);
  }

  async function next() {
    const change = trouble === "shut" ? null : outbox.next();
    if (!change) return;
    const { at, ...body } = change;
    const answer = await send(form, { assignment, ...body });
    take[answer.kind](answer, change);
    show();
    if (trouble === null) soon(0);
  }

  const take = {
    saved(answer, { field, value }) {
      [trouble, failures, last] = [null, 0, answer.said];
      saved.set(field, value);
      outbox.done(answer.revision);
      status.banner(form, null);
      adopt(answer.others);
      form.dataset.revision = answer.revision;
      form.dispatchEvent(new CustomEvent("sheet-saved", { detail: answer }));
    },
    clash(answer) {
      last = answer.said;
      outbox.hold(outbox.back().field);
      clashes.show(form, answer, choose);
    },
    refused(answer) {
      const { field } = outbox.back();
      outbox.hold(field);
      status.refuse(form, field, answer.error);
    },
    shut(answer) {
      outbox.back();
      trouble = "shut";
      status.banner(form, answer.error);
    },
    "signed-out"() {
      outbox.back();
      trouble = "signed-out";
      status.banner(form, form.dataset.saidSignedOut, true);
    },
    later() {
      outbox.back();
      trouble = "later";
      soon(TRIES[Math.min(failures++, TRIES.length - 1)]);
    },
  };

  // What other pages saved meanwhile goes where nothing of this page waits.
  function adopt(others) {
    for (const [field, { value, revision: at }] of Object.entries(others ?? {})) {
      if (!saved.has(field) || outbox.has(field)) continue;
      put(form, field, value);
      saved.set(field, value);
      outbox.know(field, at);
    }
  }

  function choose(clash, takesTheirs) {
    outbox.know(clash.field, clash.revision);
    saved.set(clash.field, clash.theirs);
    if (takesTheirs) {
      outbox.drop(clash.field);
      put(form, clash.field, clash.theirs);
    } else outbox.add(clash.field, get(form, clash.field));
    place(form, clash.field).querySelector("input, textarea").focus();
    show();
    soon(0);
  }

  function changed({ name: field, type }) {
    const value = get(form, field);
    status.refuse(form, field, null);
    if (value === saved.get(field) && outbox.flying?.field !== field) outbox.drop(field);
    else outbox.add(field, value);
    if (status.clashAt(form, field)) outbox.hold(field);
    show();
    if (trouble !== "later") soon(type === "radio" ? 0 : PAUSE);
  }

  function again() {
    if (trouble === "shut") return;
    trouble = null;
    show();
    soon(0);
  }

  // The form carries everything on the screen; a save under way is waited for, but not for ever.
  async function submit(event) {
    if (leaving || outbox.isEmpty) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    const end = Date.now() + SUBMIT_WAITS;
    again();
    while (outbox.isSendable && trouble === null && Date.now() < end) await new Promise((go) => setTimeout(go, 30));
    if (trouble === "later") status.banner(form, form.dataset.saidOffline);
    else if (trouble === null && (outbox.isEmpty || outbox.isSendable)) {
      leaving = true;
      form.requestSubmit(submitter);
    } else if (trouble === null) form.querySelector("[data-clash] button, [data-refused]")?.scrollIntoView({ block: "center" });
  }

  form.addEventListener("input", ({ target }) => saved.has(target.name) && changed(target));
  form.addEventListener("submit", submit);
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !outbox.isEmpty && trouble !== "shut") event.preventDefault();
  });
  recover({ form, outbox, saved, choose });
  show();
  if (!outbox.isEmpty) soon(0);
}
