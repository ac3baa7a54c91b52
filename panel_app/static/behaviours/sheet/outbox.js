// What waits to be saved: one change per field, sent one after the other, each under its own id until acknowledged.

import { newId } from "./boxes.js";
import * as device from "./device.js";

export default class Outbox {
  constructor({ assignment, page, revision, names }) {
    Object.assign(this, { assignment, page, waiting: new Map(), flying: null, held: new Set(), isKept: true });
    this.seen = new Map(names.map((name) => [name, revision]));
  }

  // A field changed. A change that was sent and not answered keeps its place; this one follows it.
  add(field, value) {
    this.held.delete(field);
    this.put({ field, value, revision: this.seen.get(field), operation: newId(), page: this.page, at: Date.now() });
  }

  put(change) {
    this.waiting.delete(change.field);
    this.waiting.set(change.field, change);
    this.keep();
  }

  drop(field) {
    this.waiting.delete(field);
    this.held.delete(field);
    this.keep();
  }

  // A change that waits for its person: two texts, or a text that can't be taken.
  hold(field) {
    this.held.add(field);
  }

  next() {
    const change = [...this.waiting.values()].find(({ field }) => !this.held.has(field));
    if (!change || this.flying) return null;
    this.waiting.delete(change.field);
    this.flying = { ...change, revision: Math.max(change.revision, change.page === this.page ? this.seen.get(change.field) : 0) };
    return this.flying;
  }

  // The answer didn't come, or wasn't a yes: the change waits again, unless a newer one of its field does.
  back() {
    const change = this.flying;
    this.flying = null;
    if (!this.waiting.has(change.field)) this.waiting = new Map([[change.field, change], ...this.waiting]);
    this.keep();
    return change;
  }

  done(revision) {
    const { field } = this.flying;
    this.flying = null;
    this.know(field, revision);
    this.keep();
  }

  know(field, revision) {
    this.seen.set(field, revision);
  }

  has(field) {
    return this.waiting.has(field) || this.flying?.field === field;
  }

  get isEmpty() {
    return this.waiting.size === 0 && this.flying === null;
  }

  get isSendable() {
    return this.flying !== null || [...this.waiting.keys()].some((field) => !this.held.has(field));
  }

  keep() {
    this.isKept = device.keep(this.assignment, this.page, [...(this.flying ? [this.flying] : []), ...this.waiting.values()]);
  }
}
