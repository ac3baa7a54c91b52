// The evidence one piece at a time, opened when it is asked for, each at the place where it was left.

export default function scoreEvidence(pane) {
  const pieces = [...pane.querySelectorAll("[data-piece]")];
  const index = pane.querySelector("[data-index]");
  const walk = pane.querySelector("[data-walk]");
  const where = pane.querySelector("[data-where]");
  const memory = `panel:piece:${pane.dataset.portfolio}`;
  const places = new Map();
  let now = null;

  const scroller = () => (getComputedStyle(pane).overflowY === "auto" ? pane : document.scrollingElement);

  async function load(piece) {
    const box = piece.querySelector("[data-text]");
    if (!box || box.dataset.loaded) return;
    box.dataset.loaded = "yes";
    try {
      const answer = await fetch(box.dataset.text, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(".evidence-text, ol.lines");
      if (!answer.ok || !found) throw new Error("no text");
      for (const each of found.querySelectorAll("[id]")) each.id = `${piece.id}-${each.id}`;
      box.replaceChildren(document.importNode(found, true));
    } catch {
      delete box.dataset.loaded;
      const note = document.createElement("p");
      note.className = "muted";
      note.textContent = pane.dataset.wordsFailed;
      box.querySelector(".muted")?.remove();
      box.append(note);
    }
  }

  function show(piece, focus = true) {
    if (now) places.set(now, scroller().scrollTop);
    now = piece;
    for (const each of pieces) each.hidden = each !== piece;
    index.hidden = piece !== null;
    walk.hidden = piece === null;
    const at = pieces.indexOf(piece);
    where.textContent = piece ? ` · ${where.dataset.words.replace("{n}", at + 1).replace("{most}", pieces.length)}` : "";
    walk.querySelector("[data-earlier]").disabled = at <= 0;
    walk.querySelector("[data-later]").disabled = at === pieces.length - 1;
    sessionStorage.setItem(memory, piece?.id ?? "");
    if (piece) load(piece);
    if (!focus) return;
    scroller().scrollTo({ top: places.get(piece) ?? 0, behavior: "instant" });
    (piece ?? index.querySelector("a")).focus({ preventScroll: true });
  }

  // The pieces that the candidate mapped to the criterion at hand stand out in the list.
  function mark(code) {
    for (const tag of pane.querySelectorAll("[data-maps]")) {
      const fits = tag.dataset.maps === code;
      tag.classList.toggle("tone-work", fits);
      tag.classList.toggle("tone-still", !fits);
    }
  }

  index.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    show(document.getElementById(link.hash.slice(1)));
  });
  walk.querySelector("[data-back]").addEventListener("click", () => show(null));
  walk.querySelector("[data-earlier]").addEventListener("click", () => show(pieces[pieces.indexOf(now) - 1]));
  walk.querySelector("[data-later]").addEventListener("click", () => show(pieces[pieces.indexOf(now) + 1]));
  document.addEventListener("criterion", ({ detail }) => mark(detail));

  const left = document.getElementById(sessionStorage.getItem(memory) ?? "");
  show(pieces.includes(left) ? left : null, false);
  const step = document.querySelector("[data-steps] [aria-current]");
  if (step) mark(step.dataset.step);
}
