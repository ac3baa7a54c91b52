// A PDF as a long column of pages: opened when its piece is, drawn near the window, let go far from it.
// Until the first page is drawn, its picture stands there; a reader, many times as large, comes after it.

import { seen } from "./sheet/fronts.js";
import { frame, register, show } from "./sheet/papers.js";
import { openPdf } from "./sheet/pdf-file.js";
import PdfPage from "./sheet/pdf-page.js";
import { places, standAgain } from "./sheet/squeeze.js";

const NEAR = "120% 0px";
const PAUSE = 150;

class Pdf {
  constructor(place) {
    Object.assign(this, { place, opening: null, pages: [], at: 1 });
  }

  open() {
    this.opening ??= this.build().catch((error) => {
      this.opening = null;
      this.fail(this.place);
      throw error;
    });
    return this.opening;
  }

  async build() {
    const file = await openPdf(this.place.dataset);
    const { width, height } = (await file.pdf.getPage(1)).getViewport({ scale: 1 });
    const most = file.pdf.numPages;
    this.pages = Array.from({ length: most }, (_, at) => new PdfPage(file, at + 1, `${width} / ${height}`, this.name(at + 1, most)));
    this.pages[0].standIn(this.place.querySelector("img.front"));
    this.place.replaceChildren(...this.pages.map((page) => page.figure));
    this.watch();
    this.follow();
    this.tell();
  }

  name(number, most) {
    return this.place.dataset.wordsPage.replace("{n}", number).replace("{most}", most);
  }

  watch() {
    const page = (target) => this.pages[Number(target.dataset.number) - 1];
    const near = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) if (isIntersecting) page(target).draw().catch(() => this.fail(target));
        for (const each of this.pages) if (each.drawing && each.isFar) each.letGo();
      },
      { rootMargin: NEAR, scrollMargin: NEAR },
    );
    const middle = new IntersectionObserver(
      (seen) => {
        const now = seen.find(({ isIntersecting }) => isIntersecting);
        if (now) this.tell(page(now.target).number);
      },
      { rootMargin: "-49% 0px -49% 0px" },
    );
    for (const { box } of this.pages) [near, middle].forEach((observer) => observer.observe(box));
  }

  // The page in the middle of the window, for the box that jumps to another.
  tell(number = this.at) {
    this.at = number;
    this.place.dispatchEvent(new CustomEvent("page", { bubbles: true, detail: { page: number, most: this.pages.length || Number(this.place.dataset.pages) } }));
  }

  fail(where) {
    if (where.querySelector("[data-failed]")) return;
    const note = document.createElement("p");
    note.className = "muted";
    note.dataset.failed = "";
    note.textContent = this.place.dataset.wordsFailed;
    where.append(note);
  }

  // Another width (size, divider, window), other pixels and words elsewhere: what is near is drawn anew, once it stays.
  follow() {
    let [width, timer] = [this.place.clientWidth, null];
    new ResizeObserver(() => {
      const now = this.place.clientWidth;
      if (now === 0 || now === width) return; // shown or hidden alone
      width = now;
      clearTimeout(timer);
      timer = setTimeout(() => this.redraw(), PAUSE);
    }).observe(this.place);
  }

  redraw() {
    for (const page of this.pages.filter(({ drawing }) => drawing)) {
      page.letGo();
      page.draw().then(() => standAgain(page.words)).catch(() => this.fail(page.box));
    }
  }

  async *texts() {
    await this.open();
    for (const page of this.pages) yield { page: page.number, text: await page.text() };
  }

  // The page where the words stand: the one that is named, else the nearest; null where no page has them.
  async find(quote, number) {
    await this.open();
    const near = [...this.pages].sort((one, other) => Math.abs(one.number - number) - Math.abs(other.number - number));
    for (const page of near) if (places(await page.text(), quote, 1).length) return page.number;
    return null;
  }

  async has({ quote, page }) {
    if (!quote) return "found";
    const now = await this.find(quote, page);
    return now === null ? "gone" : now === page ? "found" : "moved";
  }

  async jump(number) {
    await this.open();
    const page = this.pages[Math.min(Math.max(number, 1), this.pages.length) - 1];
    page.figure.scrollIntoView({ block: "start", behavior: "instant" });
    await page.draw();
    return page;
  }

  async reveal({ page: number, quote, box, nth }) {
    const now = quote ? await this.find(quote, number) : number;
    const page = await this.jump(now ?? number ?? 1);
    frame(page.box, box)?.scrollIntoView({ block: "center", behavior: "instant" });
    show(quote && now !== null ? { root: page.words, words: quote, nth: now === number ? nth ?? 0 : 0 } : null);
    return { page: page.number, state: !quote || now === number ? "found" : now === null ? "gone" : "moved" };
  }
}

export default function pdfPages(place) {
  const pdf = new Pdf(place);
  register(place.closest("[data-piece]"), pdf);
  const watch = new IntersectionObserver((changes) => {
    if (!changes.some((each) => each.isIntersecting)) return;
    watch.disconnect();
    if (place.dataset.front) pdf.tell();
    seen(place, pdf.name(1, place.dataset.pages)).then(() => pdf.open()).catch(() => {});
  });
  watch.observe(place);
}
