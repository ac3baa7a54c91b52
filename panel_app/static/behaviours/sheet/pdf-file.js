// A PDF opened by parts: what a page needs is asked for when the page is, and nothing else is loaded.

const PART = 65536;
const AGAIN = 3000;
const TRIES = 100;

// The address of a copy leads to a signed one that lives for minutes; it is followed anew when that one is over.
class Source {
  constructor(href) {
    Object.assign(this, { href, direct: null });
  }

  async part(begin, end) {
    const headers = { Range: `bytes=${begin}-${end - 1}` };
    for (const address of new Set([this.direct ?? this.href, this.href])) {
      const answer = await fetch(address, { headers, credentials: "same-origin" }).catch(() => null);
      if (!answer?.ok) continue;
      this.direct = answer.redirected ? answer.url : address;
      return answer;
    }
    throw new Error("no part of the file came");
  }

  // The reader waits for a part it asked for, however long: one that doesn't come is asked for again, for minutes.
  async patiently(begin, end) {
    for (let tries = 1; ; tries += 1) {
      try {
        return new Uint8Array(await (await this.part(begin, end)).arrayBuffer());
      } catch (error) {
        if (tries === TRIES) throw error;
        await new Promise((go) => setTimeout(go, AGAIN));
      }
    }
  }
}

async function parts(pdfjs, source) {
  const answer = await source.part(0, PART);
  const first = new Uint8Array(await answer.arrayBuffer());
  if (answer.status !== 206) return { data: first }; // a store that gives all or nothing
  const whole = Number(answer.headers.get("Content-Range").split("/")[1]);
  if (whole <= first.length) return { data: first };
  const range = new pdfjs.PDFDataRangeTransport(whole, first);
  range.requestDataRange = async (begin, end) => range.onDataRange(begin, await source.patiently(begin, end));
  return { range, rangeChunkSize: PART, disableAutoFetch: true, disableStream: true };
}

export async function openPdf({ lib, worker, base, src }) {
  const source = new Source(src);
  const pdfjs = await import(new URL(lib, document.baseURI).href);
  pdfjs.GlobalWorkerOptions.workerSrc = worker;
  const pdf = await pdfjs.getDocument({
    ...(await parts(pdfjs, source)),
    cMapUrl: `${base}cmaps/`,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    iccUrl: `${base}iccs/`,
    isEvalSupported: false,
    enableXfa: false,
  }).promise;
  return { pdf, TextLayer: pdfjs.TextLayer };
}
