// The saver of one open sheet: sends what waits, one field a time, and does what each answer asks for.

import { live } from "./alive.js";
import * as answers from "./answers.js";
import { get, names, newId, place, put } from "./boxes.js";
import * as device from "./device.js";
import Outbox from "./outbox.js";
import recover from "./recover.js";
import * as status from "./status.js";
import { send } from "./wire.js";

const PAUSE = 700;

export default class Saver {
  constructor(form) {
    const { assignment, account, reference, revision } = form.dataset;
    const page = (form.elements.page.value = newId()); // a page from the shelf was made once and is opened often
    this.form = form;
    this.outbox = new Outbox({ assignment, account, reference, page, revision: Number(revision), names: names(form), told: () => this.show() });
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
    const { field, value, revision, operation, page } = change;
    const body = { assignment: this.outbox.assignment, field, value, revision, operation, page };
    const answer = await send(this.form, body);
    answers[answer.kind](this, answer, change);
    this.show();
    if (this.trouble === null) this.soon(0);
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
    if (value === this.saved.get(field) && !this.outbox.wasSent(field)) this.outbox.drop(field);
    else this.outbox.add(field, value);
    if (status.clashAt(this.form, field)) this.outbox.hold(field);
    this.show();
    if (this.trouble !== "later") this.soon(type === "radio" ? 0 : PAUSE);
  }

  // As this device knows the sheet now; a page that comes from the shelf starts from it.
  remember(revision) {
    const fields = Object.fromEntries([...this.saved].map(([field, value]) => [field, { value, revision: this.outbox.seen.get(field) }]));
    device.remember({ assignment: this.outbox.assignment, account: this.outbox.account, revision, fields }).catch(() => {});
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

  async start() {
    await live(this.outbox.page);
    await recover(this, (...choice) => this.choose(...choice));
    this.show();
    if (!this.outbox.isEmpty) this.soon(0);
  }
}
