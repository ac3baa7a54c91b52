// The saver of one open sheet: sends what waits, one field a time, and does what each answer asks for.

import { get, names, place, put } from "./boxes.js";
import * as clashes from "./clash.js";
import Outbox from "./outbox.js";
import recover from "./recover.js";
import * as status from "./status.js";
import { send } from "./wire.js";

const PAUSE = 700;
const TRIES = [2000, 5000, 10000, 30000];
const ANSWERS = { saved: "onSaved", clash: "onClash", refused: "onRefused", shut: "onShut", "signed-out": "onSignedOut", later: "onLater" };

export default class Saver {
  constructor(form) {
    const { assignment, page, revision } = form.dataset;
    this.form = form;
    this.outbox = new Outbox({ assignment, page, revision: Number(revision), names: names(form) });
    this.saved = new Map(names(form).map((field) => [field, get(form, field)]));
    this.last = document.querySelector("[data-saved]").textContent;
    Object.assign(this, { trouble: null, failures: 0, timer: null, leaving: false }); // trouble: signed-out, shut, later
  }

  show() {
    status.show(this.form, this.outbox, this.trouble, this.last);
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.next(), pause);
  }

  async next() {
    const change = this.trouble === "shut" ? null : this.outbox.next();
    if (!change) return;
    const { at, ...body } = change;
    const answer = await send(this.form, { assignment: this.outbox.assignment, ...body });
    this[ANSWERS[answer.kind]](answer, change);
    this.show();
    if (this.trouble === null) this.soon(0);
  }

  onSaved(answer, { field, value }) {
    Object.assign(this, { trouble: null, failures: 0, last: answer.said });
    this.saved.set(field, value);
    this.outbox.done(answer.revision);
    status.banner(this.form, null);
    this.adopt(answer.others);
    this.form.dataset.revision = answer.revision;
    this.form.dispatchEvent(new CustomEvent("sheet-saved", { detail: answer }));
  }

  onClash(answer) {
    this.last = answer.said;
    this.outbox.hold(this.outbox.back().field);
    clashes.show(this.form, answer, (...choice) => this.choose(...choice));
  }

  onRefused(answer) {
    const { field } = this.outbox.back();
    this.outbox.hold(field);
    status.refuse(this.form, field, answer.error);
  }

  onShut(answer) {
    this.outbox.back();
    this.trouble = "shut";
    status.banner(this.form, answer.error);
  }

  onSignedOut() {
    this.outbox.back();
    this.trouble = "signed-out";
    status.banner(this.form, this.form.dataset.saidSignedOut, true);
  }

  onLater() {
    this.outbox.back();
    this.trouble = "later";
    this.soon(TRIES[Math.min(this.failures++, TRIES.length - 1)]);
  }

  // What other pages saved meanwhile goes where nothing of this page waits.
  adopt(others) {
    for (const [field, { value, revision }] of Object.entries(others ?? {})) {
      if (!this.saved.has(field) || this.outbox.has(field)) continue;
      put(this.form, field, value);
      this.saved.set(field, value);
      this.outbox.know(field, revision);
    }
  }

  choose(clash, takesTheirs) {
    this.outbox.know(clash.field, clash.revision);
    this.saved.set(clash.field, clash.theirs);
    if (takesTheirs) {
      this.outbox.drop(clash.field);
      put(this.form, clash.field, clash.theirs);
    } else this.outbox.add(clash.field, get(this.form, clash.field));
    place(this.form, clash.field).querySelector("input, textarea").focus();
    this.show();
    this.soon(0);
  }

  changed({ name: field, type }) {
    if (!this.saved.has(field)) return;
    const value = get(this.form, field);
    status.refuse(this.form, field, null);
    if (value === this.saved.get(field) && this.outbox.flying?.field !== field) this.outbox.drop(field);
    else this.outbox.add(field, value);
    if (status.clashAt(this.form, field)) this.outbox.hold(field);
    this.show();
    if (this.trouble !== "later") this.soon(type === "radio" ? 0 : PAUSE);
  }

  again() {
    if (this.trouble === "shut") return;
    this.trouble = null;
    this.show();
    this.soon(0);
  }

  keepsPage(event) {
    if (!this.leaving && !this.outbox.isEmpty && this.trouble !== "shut") event.preventDefault();
  }

  start() {
    recover(this, (...choice) => this.choose(...choice));
    this.show();
    if (!this.outbox.isEmpty) this.soon(0);
  }
}
