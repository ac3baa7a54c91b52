// Find in all evidence, in the words of PDFs too: what is found is listed as it comes; a new search ends the one before.

import { paperOf } from "./sheet/papers.js";
import { places } from "./sheet/squeeze.js";

const MOST = 200;
const AROUND = 40;

class Find {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.box = form.querySelector("[data-found]");
    this.list = this.box.querySelector("ol");
    this.pieces = [...form.closest(".pane").querySelectorAll("[data-piece]")];
    this.run = 0;
  }

  say(words, piece = "") {
    const { dataset } = this.form;
    const text = dataset[words].replace("{n}", this.list.children.length).replace("{piece}", piece);
    this.form.querySelector("[data-found-said]").textContent = text;
  }

  async search() {
    const sought = this.input.value.trim();
    const run = (this.run += 1);
    this.list.replaceChildren();
    this.box.hidden = !sought;
    if (!sought) return;
    for (const piece of this.pieces) {
      this.say("wordsSearching", piece.dataset.piece);
      if (!(await this.through(piece, sought, run))) return;
    }
    this.say(this.list.children.length ? "wordsDone" : "wordsNone");
  }

  // Whether to go on: not when another search began, or enough is found.
  async through(piece, sought, run) {
    try {
      for await (const { page, text } of paperOf(piece).texts()) {
        if (run !== this.run) return false;
        places(text, sought, MOST - this.list.children.length).forEach((span, nth) => this.add({ piece: piece.dataset.piece, page, quote: sought, nth }, text, span));
        if (this.list.children.length >= MOST) {
          this.say("wordsMany");
          return false;
        }
      }
    } catch {
      this.add({ piece: piece.dataset.piece }, this.form.dataset.wordsFailed, [0, 0]);
    }
    return run === this.run;
  }

  add(place, text, [start, end]) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    const [where, mark] = [document.createElement("b"), document.createElement("mark")];
    button.type = "button";
    button.className = "found";
    where.textContent = place.piece + (place.page ? `, ${this.form.dataset.wordsPage.replace("{n}", place.page)}` : "");
    mark.textContent = text.slice(start, end);
    button.append(where, " ", text.slice(Math.max(0, start - AROUND), start).trimStart(), mark, text.slice(end, end + AROUND).trimEnd());
    button.addEventListener("click", () => this.go(button, place));
    row.append(button);
    this.list.append(row);
  }

  go(button, place) {
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    document.dispatchEvent(new CustomEvent("evidence-place", { detail: { place } }));
  }

  shut() {
    this.run += 1;
    this.box.hidden = true;
    this.input.value = "";
    this.input.focus();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && !this.box.hidden && this.shut());
    this.form.querySelector("[data-found-shut]").addEventListener("click", () => this.shut());
    document.addEventListener("find", () => {
      this.input.focus();
      this.input.select();
    });
  }
}

export default function evidenceFind(form) {
  form.hidden = false;
  new Find(form).listen();
}
