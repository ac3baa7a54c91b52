// A text or document of the evidence, fetched from its own page when its piece is opened.

function say(box, words) {
  box.querySelector("[data-failed]")?.remove();
  const note = document.createElement("p");
  note.dataset.failed = "";
  note.textContent = words;
  box.append(note);
}

async function content(address, name) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector(".evidence-text, ol.lines");
  if (!answer.ok || !found) throw new Error("no text");
  for (const each of found.querySelectorAll("[id]")) each.id = `${name}-${each.id}`;
  return document.importNode(found, true);
}

const loading = new Map();

// Asked for once; what failed is asked for again the next time.
export function load(piece) {
  const box = piece.querySelector("[data-text]");
  if (!box) return Promise.resolve();
  if (!loading.has(box)) {
    const fresh = content(box.dataset.text, piece.id).then(
      (found) => box.replaceChildren(found),
      () => {
        loading.delete(box);
        say(box, piece.closest("[data-words-failed]").dataset.wordsFailed);
      },
    );
    loading.set(box, fresh);
  }
  return loading.get(box);
}
