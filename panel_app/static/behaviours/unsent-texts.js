// Lists what was typed on this device and never sent, of every score sheet, those that are shut by now included.
// Each text can be sent, copied or discarded; what a sheet holds that is open in a window is left to that window.

import { open } from "./sheet/alive.js";
import * as device from "./sheet/device.js";
import * as shelf from "./sheet/shelf.js";
import { send } from "./sheet/wire.js";

const REVIEWS = "/reviews";

function places(value) {
  try {
    return JSON.parse(value).map(({ piece, page, quote }) => [piece, page && `, ${page}`, quote && `: “${quote}”`].filter(Boolean).join("")).join("\n");
  } catch {
    return value;
  }
}

class Unsent {
  constructor(box) {
    this.box = box;
    this.titles = JSON.parse(box.dataset.titles);
    this.list = box.querySelector("[data-list]");
    this.model = box.querySelector("[data-model]");
  }

  async show() {
    const account = this.box.dataset.account || (await shelf.whose());
    const own = (await device.unsent()).filter((change) => change.account === account);
    const opened = await open(own.map(({ holder }) => holder));
    this.list.replaceChildren(...own.map((change) => this.row(change, opened.has(change.holder))));
    this.box.hidden = own.length === 0;
  }

  row(change, isOpen) {
    const row = this.model.content.cloneNode(true).firstElementChild;
    const at = (name) => row.querySelector(`[data-${name}]`);
    at("what").textContent = `${change.reference ?? this.box.dataset.wordsPortfolio}, ${this.title(change.field)}`;
    at("when").textContent = new Date(change.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    at("text").textContent = this.text(change) || this.box.dataset.wordsEmpty;
    at("open").hidden = !isOpen;
    at("copy").addEventListener("click", () => this.copy(at("text")));
    at("discard").addEventListener("click", () => this.discard(row, change));
    at("discard").hidden = isOpen;
    if (!at("send")) return row;
    at("send").hidden = isOpen;
    at("send").addEventListener("click", () => this.send(row, change));
    at("sheet").href = `${REVIEWS}/${change.assignment}`;
    return row;
  }

  // `C1.rationale` → `C1: Why this level`; a field of the sheet as a whole has no criterion.
  title(field) {
    const [part, criterion] = field.split(".").reverse();
    return [criterion, this.titles[part] ?? part].filter(Boolean).join(": ");
  }

  text({ field, value }) {
    return field.endsWith(".references") ? places(value) : this.titles[`=${value}`] ?? value;
  }

  say(words) {
    this.box.querySelector("[data-said]").textContent = words;
  }

  async send(row, { assignment, field, value, revision, operation, page }) {
    const button = row.querySelector("[data-send]");
    button.disabled = true;
    const form = { dataset: { autosave: `${REVIEWS}/${assignment}/sheet`, autosaveMethod: "PATCH", sheet: REVIEWS } };
    const answer = await send(form, { assignment, field, value, revision, operation, page });
    button.disabled = false;
    if (answer.kind === "saved") await this.gone(row, operation, this.box.dataset.saidSaved);
    else this.answer(row, answer);
  }

  // Shut, or refused: the server's own sentence; for the rest ours.
  answer(row, { kind, error }) {
    const { saidClash, saidSignedOut, saidLater } = this.box.dataset;
    const said = row.querySelector("[data-answer]");
    said.textContent = { clash: saidClash, signedOut: saidSignedOut }[kind] ?? error ?? saidLater;
    said.hidden = false;
    this.say(said.textContent);
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text.textContent);
      this.say(this.box.dataset.saidCopied);
    } catch {
      getSelection().selectAllChildren(text);
      this.say(this.box.dataset.saidMarked);
    }
  }

  async discard(row, { operation }) {
    if (window.confirm(this.box.dataset.wordsDiscard)) await this.gone(row, operation, this.box.dataset.saidGone);
  }

  async gone(row, operation, words) {
    await device.drop(operation);
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.say(words);
    (next ?? this.box.querySelector("h2")).focus();
  }
}

export default function unsentTexts(box) {
  if (!("indexedDB" in window) || !("caches" in window)) return;
  const unsent = new Unsent(box);
  unsent.show().catch(() => {}); // a device that can't be read keeps nothing either
}
