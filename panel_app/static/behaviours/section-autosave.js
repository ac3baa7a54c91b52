// Saves a section as it is typed. Each save names the version it started from; a newer one elsewhere is shown, never lost.
// The form carries its words (data-words-…) and the address (data-autosave); the corner's [data-saved] says what holds.

const WAIT = 800;
const AGAIN = 10000;

class SectionSaver {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("textarea");
    this.said = document.querySelector("[data-saved]");
    this.refused = form.querySelector("[data-refused]");
    this.newer = form.querySelector("[data-newer]");
    this.kept = this.box.value;
    this.running = false;
  }

  say(words, tone) {
    this.said.textContent = words;
    this.said.className = `tag tone-${tone}`;
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  typed() {
    if (this.box.value === this.kept) return;
    this.say(this.form.dataset.wordsTyping, "wait");
    this.later(WAIT);
  }

  send(text) {
    return fetch(this.form.dataset.autosave, {
      method: this.form.dataset.autosaveMethod,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
      body: JSON.stringify({ text, revision: Number(this.form.elements.revision.value) }),
    });
  }

  async save() {
    if (this.running || this.box.value === this.kept || !this.newer.hidden) return;
    const text = this.box.value;
    this.running = true;
    this.say(this.form.dataset.wordsSaving, "work");
    try {
      const response = await this.send(text);
      const answer = await response.json();
      this.running = false;
      if (response.ok) this.hold(text, answer);
      else this.refuse(response.status, answer);
    } catch {
      this.running = false;
      this.say(this.form.dataset.wordsOffline, "bad");
      this.later(AGAIN);
    }
  }

  hold(text, answer) {
    this.form.elements.revision.value = answer.revision;
    this.kept = text;
    this.refused.hidden = this.newer.hidden = true;
    if (this.box.value !== text) return this.later(WAIT);
    this.say(this.form.dataset.wordsSaved.replace("{time}", answer.saved), "good");
    return this.form.dispatchEvent(new Event("saved"));
  }

  refuse(status, answer) {
    this.say(this.form.dataset.wordsRefused, "bad");
    const shown = status === 409 && typeof answer.text === "string" ? this.newer : this.refused;
    if (shown === this.newer) {
      shown.querySelector("[data-newer-text]").textContent = answer.text;
      shown.dataset.revision = answer.revision;
    } else {
      shown.querySelector("p").textContent = answer.error ?? "";
    }
    shown.hidden = false;
  }

  choose(takeStored) {
    this.form.elements.revision.value = this.newer.dataset.revision;
    this.newer.hidden = true;
    this.box.focus();
    if (!takeStored) return this.save();
    this.box.value = this.kept = this.newer.querySelector("[data-newer-text]").textContent;
    this.box.dispatchEvent(new Event("input"));
    return this.form.dispatchEvent(new Event("saved"));
  }
}

export default function sectionAutosave(form) {
  const saver = new SectionSaver(form);
  saver.box.addEventListener("input", () => saver.typed());
  saver.newer.querySelector("[data-take]").addEventListener("click", () => saver.choose(true));
  saver.newer.querySelector("[data-keep]").addEventListener("click", () => saver.choose(false));
  form.addEventListener("submit", () => clearTimeout(saver.timer));
}
