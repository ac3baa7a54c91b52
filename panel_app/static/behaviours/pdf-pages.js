// Draws a PDF's pages into canvases as they come near the window, and lets them go when they are far away.

const NEAR = "120% 0px";
const MOST_PIXELS = 8_000_000;

function words(text, n, most) {
  return text.replace("{n}", n).replace("{most}", most);
}

async function open({ lib, worker, base, src }) {
  const pdfjs = await import(new URL(lib, document.baseURI).href);
  pdfjs.GlobalWorkerOptions.workerSrc = worker;
  return pdfjs.getDocument({
    url: src,
    cMapUrl: `${base}cmaps/`,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    iccUrl: `${base}iccs/`,
    isEvalSupported: false,
    enableXfa: false,
  }).promise;
}

// Sharp on this screen, within what a canvas may hold.
function scaleFor(page, width) {
  const { width: own, height } = page.getViewport({ scale: 1 });
  const wanted = (width * Math.min(window.devicePixelRatio || 1, 2)) / own;
  return Math.min(wanted, Math.sqrt(MOST_PIXELS / (own * height)));
}

async function draw(box, pdf) {
  if (box.dataset.state) return;
  box.dataset.state = "drawing";
  const page = await pdf.getPage(Number(box.dataset.number));
  const viewport = page.getViewport({ scale: scaleFor(page, box.clientWidth || 600) });
  const canvas = box.querySelector("canvas");
  box.style.aspectRatio = `${viewport.width} / ${viewport.height}`;
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport }).promise;
  const { items } = await page.getTextContent();
  canvas.textContent = items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
  box.dataset.state = "drawn";
}

function letGo(box) {
  if (box.dataset.state !== "drawn") return;
  const canvas = box.querySelector("canvas");
  [canvas.width, canvas.height] = [0, 0];
  delete box.dataset.state;
}

function pageBox(place, number, pages, ratio) {
  const figure = document.createElement("figure");
  figure.className = "pdf-page";
  const box = document.createElement("div");
  box.className = "evidence-page drawn";
  box.dataset.number = number;
  box.style.aspectRatio = ratio;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words(place.dataset.wordsPage, number, pages));
  const caption = document.createElement("figcaption");
  caption.textContent = `${number} / ${pages}`;
  box.append(canvas);
  figure.append(box, caption);
  return figure;
}

async function show(place) {
  const pdf = await open(place.dataset);
  const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
  const numbers = Array.from({ length: pdf.numPages }, (_, at) => at + 1);
  place.replaceChildren(...numbers.map((number) => pageBox(place, number, pdf.numPages, `${width} / ${height}`)));
  const watch = new IntersectionObserver(
    (seen) => seen.forEach(({ target, isIntersecting }) => (isIntersecting ? draw(target, pdf).catch(() => fail(target, place)) : letGo(target))),
    { rootMargin: NEAR },
  );
  for (const box of place.querySelectorAll("[data-number]")) watch.observe(box);
}

function fail(where, place) {
  const note = document.createElement("p");
  note.className = "muted";
  note.textContent = place.dataset.wordsFailed;
  where.append(note);
}

export default function pdfPages(place) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    watch.disconnect();
    show(place).catch(() => fail(place, place));
  });
  watch.observe(place);
}
