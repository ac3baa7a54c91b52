// References of one criterion: a numbered list of places in the evidence, each opened by a press, kept in one field.

import { newId } from "./sheet/boxes.js";
import { paperOf } from "./sheet/papers.js";
import ready from "./sheet/ready.js";

const MOST_WORDS = 12;

function pieceOf(reference) {
  return [...document.querySelectorAll("[data-piece]")].find((piece) => piece.dataset.piece === reference.piece);
}

class References {
  constructor(box) {
    Object.assign(this, { box, field: box.querySelector("textarea"), list: box.querySelector("ol"), removed: new Set(), states: new Map() });
    this.section = box.closest("[data-criterion]");
    this.reason = this.section.querySelector(`textarea[name$=".rationale"]`);
  }

  get all() {
    return this.field.value ? JSON.parse(this.field.value) : [];
  }

  put(references) {
    this.field.value = references.length ? JSON.stringify(references) : "";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.draw();
  }

  add(place) {
    if (this.section.hidden) return;
    this.put([...this.all, { key: newId(), ...place }]);
    this.say(this.box.dataset.saidAdded, this.all.length);
  }

  remove(reference, number) {
    this.removed.add(reference.key);
    this.put(this.all.filter(({ key }) => key !== reference.key));
    this.say(this.box.dataset.saidRemoved, number);
    (this.list.querySelector("button") ?? this.reason).focus();
  }

  say(words, number) {
    document.querySelector("[data-announce]").textContent = words.replace("{n}", number).replace("{code}", this.section.dataset.criterion);
  }

  words({ piece, page, quote, box }) {
    const { wordsPage, wordsPart } = this.box.dataset;
    const shown = pieceOf({ piece });
    const name = shown?.id.startsWith("section-") ? shown.dataset.says : piece;
    const short = quote?.split(" ").slice(0, MOST_WORDS).join(" ");
    const what = quote ? `: “${short}${short === quote ? "" : " …"}”` : box ? `: ${wordsPart}` : "";
    return `${name}${page ? `, ${wordsPage.replace("{n}", page)}` : ""}${what}`;
  }

  row(reference, at) {
    const row = document.createElement("li");
    const [open, away, note] = [document.createElement("button"), document.createElement("button"), document.createElement("span")];
    open.type = away.type = "button";
    open.className = "reference";
    open.dataset.open = reference.key;
    open.textContent = `${at + 1} · ${this.words(reference)}`;
    open.addEventListener("click", () => this.open(reference));
    note.className = "tag tone-wait";
    note.textContent = { moved: this.box.dataset.wordsMoved, gone: this.box.dataset.wordsGone, new: this.box.dataset.wordsNew }[this.states.get(reference.key)] ?? "";
    note.hidden = !note.textContent;
    away.className = "btn btn-link btn-sm";
    away.textContent = this.box.dataset.wordsRemove;
    away.setAttribute("aria-label", `${this.box.dataset.wordsRemove}: ${this.words(reference)}`);
    away.addEventListener("click", () => this.remove(reference, at + 1));
    row.append(open, note, away);
    return row;
  }

  draw() {
    this.list.replaceChildren(...this.all.map((reference, at) => this.row(reference, at)));
    this.list.hidden = !this.field.value;
    this.box.querySelector("[data-hint]").hidden = Boolean(this.field.value) || !this.reason.value.trim();
  }

  mark(reference, state) {
    const shown = state === "found" && !this.isOld(reference) ? null : state === "found" && reference.box ? "new" : state;
    if (shown && shown !== "found") this.states.set(reference.key, shown);
    else this.states.delete(reference.key);
    this.draw();
  }

  // Made on a panel copy that another has replaced since.
  isOld(reference) {
    const now = pieceOf(reference)?.dataset.copy;
    return Boolean(reference.copy && now && now !== reference.copy);
  }

  open(reference) {
    const answer = ({ state }) => {
      this.mark(reference, state);
      this.list.querySelector(`[data-open="${reference.key}"]`)?.focus({ preventScroll: true });
    };
    document.dispatchEvent(new CustomEvent("evidence-place", { detail: { place: reference, answer } }));
  }

  // In a new copy each place is looked for again, and it is said where it moved or is gone.
  async check() {
    for (const reference of this.all) {
      const piece = pieceOf(reference);
      if (piece && !this.isOld(reference)) continue;
      const state = piece ? await paperOf(piece).has(reference).catch(() => "gone") : "gone";
      this.mark(reference, state);
    }
  }

  // What another page added meanwhile isn't lost when something of this page still waits to be saved.
  join(others) {
    const theirs = others?.[this.field.name]?.value;
    const known = new Set(this.all.map(({ key }) => key));
    const added = (theirs ? JSON.parse(theirs) : []).filter(({ key }) => !known.has(key) && !this.removed.has(key));
    if (added.length) this.put([...this.all, ...added]);
  }

  listen() {
    document.addEventListener("refer", ({ detail }) => this.add(detail));
    this.box.addEventListener("change", () => this.draw());
    this.reason.addEventListener("input", () => this.draw());
    this.reason.closest(".field").addEventListener("change", () => this.draw());
    this.box.closest("form").addEventListener("sheet-saved", ({ detail }) => this.join(detail.others));
  }
}

export default function scoreReferences(box) {
  const references = new References(box);
  references.listen();
  references.draw();
  ready().then(() => references.check());
}
