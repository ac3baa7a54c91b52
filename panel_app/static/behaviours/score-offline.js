// Keeps this sheet on the device, so that it opens without a line; and the whole portfolio, when its assessor asks.

import { newId } from "./sheet/boxes.js";
import { allSeen } from "./sheet/fronts.js";
import ready from "./sheet/ready.js";
import * as shelf from "./sheet/shelf.js";

const DEVICE = "panel:device";
const WORKER = "/offline-worker.js";
const SOON = 1000;

function deviceId() {
  const known = localStorage.getItem(DEVICE);
  if (known) return known;
  const made = newId();
  localStorage.setItem(DEVICE, made);
  return made;
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);

class Offline {
  constructor(box) {
    this.box = box;
    this.said = box.querySelector("[data-offline-said]");
    this.bar = box.querySelector("progress");
    [this.load, this.erase] = [box.querySelector("[data-offline-load]"), box.querySelector("[data-offline-erase]")];
    this.load.addEventListener("click", () => this.makeAvailable());
    this.erase.addEventListener("click", () => this.eraseHere());
  }

  say(words, values = {}) {
    this.said.textContent = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words);
  }

  async start() {
    await navigator.serviceWorker.register(WORKER, { type: "module" });
    await ready(); // what a behaviour still loads would be missing without a line
    await new Promise((go) => setTimeout(go, SOON)); // what is looked at first comes first
    await allSeen();
    this.plan = await (await fetch(this.box.dataset.plan, { headers: { Accept: "application/json" } })).json();
    const seen = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    const ours = seen.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/"));
    await shelf.keepStatic([...new Set(ours.map(({ pathname, search }) => pathname + search))]);
    if (!(await shelf.holds(this.box.dataset.assignment, this.box.dataset.sheet))) await this.keepPage();
    await this.show();
    await shelf.keepStatic(this.plan.assets);
  }

  async keepPage() {
    const { assignment, sheet } = this.box.dataset;
    await shelf.settle(assignment, sheet, await fetch(sheet, { credentials: "same-origin" }));
  }

  async show() {
    const held = await Promise.all(this.plan.files.map(({ address }) => shelf.holds(this.box.dataset.assignment, address)));
    const isWhole = this.plan.files.length > 0 && held.every(Boolean);
    [this.load.hidden, this.erase.hidden] = [isWhole || this.plan.files.length === 0, !held.some(Boolean)];
    const { wordsWhole, wordsNone, wordsSize } = this.box.dataset;
    if (isWhole) this.say(wordsWhole, { size: megabytes(this.plan.size) });
    else this.say(this.plan.files.length ? wordsSize : wordsNone, { size: megabytes(this.plan.size), files: this.plan.files.length });
  }

  async makeAvailable() {
    this.load.disabled = true;
    Object.assign(this.bar, { hidden: false, max: this.plan.size, value: 0 });
    try {
      await shelf.keepStatic(this.plan.assets);
      await this.keepPage();
      for (const { address, front, size } of this.plan.files) {
        if (front) await this.take(front).catch(() => {}); // the file is shown without it
        await this.take(address);
        this.bar.value += size;
        this.say(this.box.dataset.wordsLoading, { done: megabytes(this.bar.value), size: megabytes(this.plan.size) });
      }
      await this.tell(this.box.dataset.kept);
      await this.show();
    } catch {
      this.say(this.box.dataset.wordsFailed);
    }
    this.bar.hidden = true;
    this.load.disabled = false;
  }

  async take(address) {
    if (await shelf.holds(this.box.dataset.assignment, address)) return;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error("not to be had");
    await shelf.put(this.box.dataset.assignment, address, answer);
  }

  async eraseHere() {
    await shelf.erase(this.box.dataset.assignment);
    await this.keepPage();
    await this.tell(this.box.dataset.erased);
    await this.show();
  }

  // The coordinator counts devices; which device it is, only the device knows.
  tell(address) {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const body = new URLSearchParams({ device: deviceId(), files: this.plan.files.length, size: this.plan.size });
    return fetch(address, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, body, credentials: "same-origin" });
  }
}

export default function scoreOffline(box) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) {
    box.hidden = true; // nothing will come here: no room is kept for it
    return;
  }
  new Offline(box).start().catch(() => {}); // without it the sheet works as before; it says nothing of what it can't do
}
