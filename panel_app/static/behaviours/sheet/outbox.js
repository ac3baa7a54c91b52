// What waits to be saved: what earlier pages left, then one change per field of this page. One is sent after the other,
// each under its own id until acknowledged. A change that was sent and not answered may be on the server.

import { newId } from "./boxes.js";
import * as device from "./device.js";

export default class Outbox {
  constructor({ assignment, account, reference, page, revision, names, told }) {
    Object.assign(this, { assignment, account, reference, page, told });
    Object.assign(this, { waiting: new Map(), inherited: [], flying: null, held: new Set(), isKept: true, isWriting: false, isStale: false });
    this.seen = new Map(names.map((name) => [name, revision]));
  }

  // A field changed. A change that was sent and not answered keeps its place; this one follows it.
  add(field, value) {
    const wasSent = this.wasSent(field);
    this.held.delete(field);
    this.waiting.delete(field);
    this.waiting.set(field, {
      field, value, wasSent, revision: this.seen.get(field), operation: newId(), page: this.page, account: this.account, reference: this.reference, at: Date.now(),
    });
    this.keep();
  }

  // A change of a page that is gone goes first, as that page's own. `isShown`: it stands in its box now.
  inherit(change) {
    for (const each of this.inherited) if (each.field === change.field) each.isShown = false;
    this.inherited.push(change);
    this.keep();
  }

  drop(field) {
    this.waiting.delete(field);
    this.held.delete(field);
    this.free(field);
    this.keep();
  }

  // A change that waits for its person: two texts, or a text that can't be taken.
  hold(field) {
    this.held.add(field);
  }

  isOwn({ page }) {
    return page === this.page;
  }

  next() {
    if (this.flying) return null;
    const change = this.inherited.find(({ isStuck }) => !isStuck) ?? [...this.waiting.values()].find(({ field }) => !this.held.has(field));
    if (!change) return null;
    if (this.isOwn(change)) {
      this.waiting.delete(change.field);
      change.revision = Math.max(change.revision, this.seen.get(change.field));
    } else this.inherited = this.inherited.filter((each) => each !== change);
    change.wasSent = true;
    this.flying = change;
    this.keep();
    return change;
  }

  // The answer didn't come, or wasn't a yes: the change waits again, unless a newer one of its field does.
  back() {
    const change = this.flying;
    this.flying = null;
    if (!this.isOwn(change)) this.inherited.unshift(change);
    else if (this.waiting.has(change.field)) this.waiting.get(change.field).wasSent = true;
    else this.waiting = new Map([[change.field, change], ...this.waiting]);
    this.keep();
    return change;
  }

  // An inherited change met a newer text: it becomes this page's own, or waits until this page's own is settled.
  yield() {
    const change = this.flying;
    this.flying = null;
    if (!this.waiting.has(change.field)) this.add(change.field, change.value);
    else if (!change.isShown) this.inherited.unshift({ ...change, isStuck: true });
    this.keep();
    return change;
  }

  done(revision) {
    const change = this.flying;
    this.flying = null;
    if (this.isOwn(change) || change.isShown) this.know(change.field, revision);
    this.free(change.field);
    this.keep();
  }

  // What waited behind this page's own text of a field goes on.
  free(field) {
    for (const each of this.inherited) if (each.field === field) each.isStuck = false;
  }

  know(field, revision) {
    this.seen.set(field, Math.max(revision, this.seen.get(field)));
  }

  has(field) {
    return this.waiting.has(field) || this.flying?.field === field || this.inherited.some((each) => each.field === field);
  }

  wasSent(field) {
    return this.flying?.field === field || Boolean(this.waiting.get(field)?.wasSent) || this.inherited.some((each) => each.field === field);
  }

  get all() {
    return [...(this.flying ? [this.flying] : []), ...this.inherited, ...this.waiting.values()];
  }

  get isEmpty() {
    return this.all.length === 0;
  }

  get isSendable() {
    return this.flying !== null || this.inherited.some(({ isStuck }) => !isStuck) || [...this.waiting.keys()].some((field) => !this.held.has(field));
  }

  // Writes what stands now; while it writes, what came since is written after it. `told` hears whether it is kept.
  async keep() {
    this.isStale = true;
    if (this.isWriting) return;
    this.isWriting = true;
    while (this.isStale) {
      this.isStale = false;
      try {
        await device.keep(this.assignment, this.page, this.all);
        this.isKept = true;
      } catch {
        this.isKept = false;
      }
    }
    this.isWriting = false;
    this.told();
  }
}
