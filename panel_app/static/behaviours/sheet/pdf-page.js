// One page of a PDF: a frame of its size; drawn with its words over it while it is near, empty again when it is far.

const MOST_PIXELS = 8_000_000;
const FAR = 1.5;

// Sharp on this screen, within what a canvas may hold.
function sharp(page, width) {
  const { width: own, height } = page.getViewport({ scale: 1 });
  const wanted = (width * Math.min(window.devicePixelRatio || 1, 2)) / own;
  return Math.min(wanted, Math.sqrt(MOST_PIXELS / (own * height)));
}

export function textOf({ items }) {
  return items.map((item) => (item.str ?? "") + (item.hasEOL ? "\n" : "")).join("");
}

export default class PdfPage {
  constructor({ pdf, TextLayer }, number, ratio, label) {
    Object.assign(this, { pdf, TextLayer, number, drawing: null, task: null, turn: 0, front: null });
    this.figure = document.createElement("figure");
    this.figure.className = "pdf-page";
    this.box = document.createElement("div");
    this.box.className = "evidence-page drawn";
    this.box.dataset.number = number;
    this.box.style.aspectRatio = ratio;
    this.canvas = document.createElement("canvas");
    [this.canvas.width, this.canvas.height] = [0, 0];
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", label);
    this.words = document.createElement("div");
    this.words.className = "pdf-words";
    const caption = document.createElement("figcaption");
    caption.textContent = `${number} / ${pdf.numPages}`;
    this.box.append(this.canvas, this.words);
    this.figure.append(this.box, caption);
  }

  // A picture of this page lies over it, of the same size, until it is drawn.
  standIn(picture) {
    if (!picture) return;
    this.front = picture;
    picture.className = "front";
    picture.alt = ""; // the page beneath has the name
    this.canvas.after(picture);
  }

  draw() {
    this.drawing ??= this.paint((this.turn += 1));
    return this.drawing;
  }

  // A drawing that was let go meanwhile ends without a word; one that failed may be tried again.
  async paint(turn) {
    const isOver = () => turn !== this.turn;
    try {
      this.box.dataset.state = "drawing";
      const page = await this.pdf.getPage(this.number);
      if (isOver()) return;
      await this.picture(page);
      if (!isOver()) await this.write(page);
      if (!isOver()) this.box.dataset.state = "drawn";
    } catch (error) {
      if (isOver()) return;
      this.letGo();
      throw error;
    }
  }

  async picture(page) {
    const viewport = page.getViewport({ scale: sharp(page, this.box.clientWidth || 600) });
    this.box.style.aspectRatio = `${viewport.width} / ${viewport.height}`;
    this.canvas.width = Math.round(viewport.width);
    this.canvas.height = Math.round(viewport.height);
    this.task = page.render({ canvas: this.canvas, viewport });
    await this.task.promise;
    this.task = null;
    this.front?.remove();
  }

  // The words lie over the picture, unseen, each where it is drawn: to be selected, found and read aloud.
  async write(page) {
    const scale = this.box.clientWidth / page.getViewport({ scale: 1 }).width;
    const layer = new this.TextLayer({ textContentSource: await page.getTextContent(), container: this.words, viewport: page.getViewport({ scale }) });
    this.words.replaceChildren();
    this.words.style.setProperty("--total-scale-factor", scale);
    await layer.render();
  }

  // Far from the window: more than a screen and a half above or below, or not shown at all.
  get isFar() {
    const { top, bottom, height } = this.box.getBoundingClientRect();
    return height === 0 || bottom < -FAR * window.innerHeight || top > (1 + FAR) * window.innerHeight;
  }

  letGo() {
    if (!this.drawing) return;
    this.turn += 1;
    this.task?.cancel();
    [this.canvas.width, this.canvas.height] = [0, 0];
    this.words.replaceChildren();
    const turn = this.turn;
    this.pdf.getPage(this.number).then((page) => turn === this.turn && page.cleanup());
    Object.assign(this, { drawing: null, task: null });
    delete this.box.dataset.state;
  }

  async text() {
    const page = await this.pdf.getPage(this.number);
    return textOf(await page.getTextContent());
  }
}
