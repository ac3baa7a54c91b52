// Serves score sheets and their evidence from this device while there is no line; with a line, the server always answers.
// What lies here belongs to one account: at the first answer to another, all of it is erased.

import * as shelf from "/static/behaviours/sheet/shelf.js";

const SHEET = /^\/reviews\/([a-z2-7]{26})$/;
const COPY = /^\/reviews\/copies\//;
const WITHOUT_LINE = "/offline";
// That page names its files without a hash, so that it finds them here whatever was opened before.
const ITS_FILES = [
  "start", "unsent-texts", "sheet/alive", "sheet/device", "sheet/shelf", "sheet/wire",
].map((name) => `/static/behaviours/${name}.js`);
const SMALL = 2_000_000;
const SOON = 3000;
const coming = new Set();

self.addEventListener("install", (event) => {
  event.waitUntil(shelf.renewStatic([WITHOUT_LINE, ...ITS_FILES]).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname === "/offline-worker.js") return;
  if (pathname.startsWith("/static/")) event.respondWith(shelf.asset(request, searchParams.has("v")));
  else if (COPY.test(pathname)) event.respondWith(copy(event, pathname));
  else event.respondWith(page(event, pathname));
});

async function page({ request }, pathname) {
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    const kept = await shelf.served(pathname);
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    return (await shelf.asset(new Request(WITHOUT_LINE), true)) ?? Response.error();
  }
  await shelf.observe(answer);
  const [, assignment] = SHEET.exec(pathname) ?? [];
  if (assignment && request.mode === "navigate") await shelf.settle(assignment, pathname, answer);
  return answer;
}

async function copy(event, pathname) {
  const assignment = await sheetOf(event.clientId);
  const range = event.request.headers.get("Range");
  try {
    const answer = await fetch(event.request);
    await shelf.observe(answer);
    const isSmall = !range && Number(answer.headers.get("Content-Length")) <= SMALL;
    if (assignment && answer.ok) event.waitUntil(keepOpened(assignment, pathname, isSmall ? answer.clone() : null));
    return answer;
  } catch (error) {
    const kept = await shelf.served(pathname);
    if (!kept) throw error;
    return range ? part(kept, range) : kept;
  }
}

async function sheetOf(clientId) {
  const client = clientId ? await self.clients.get(clientId) : null;
  return client ? SHEET.exec(new URL(client.url).pathname)?.[1] : undefined;
}

// A piece that was opened stays: a small one as it came, a large one whole, once its first pages are there. However
// many parts of it are asked for meanwhile, the whole is fetched once.
async function keepOpened(assignment, pathname, small) {
  if (coming.has(pathname)) return;
  coming.add(pathname);
  try {
    if (await shelf.holds(assignment, pathname)) return;
    if (!small) await new Promise((go) => setTimeout(go, SOON));
    const whole = small ?? (await fetch(pathname, { credentials: "same-origin" }));
    if (whole.status === 200) await shelf.put(assignment, pathname, whole);
  } finally {
    coming.delete(pathname);
  }
}

// A part of the whole that lies here, as a server gives it; what can't be read as a range of bytes gets the whole.
async function part(whole, range) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!first && !last) return whole;
  const bytes = await whole.blob();
  const start = first ? Number(first) : Math.max(0, bytes.size - Number(last));
  const end = first && last ? Math.min(Number(last), bytes.size - 1) : bytes.size - 1;
  const headers = new Headers(whole.headers);
  if (start > end) {
    headers.set("Content-Range", `bytes */${bytes.size}`);
    headers.delete("Content-Length");
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end}/${bytes.size}`);
  headers.set("Content-Length", end - start + 1);
  return new Response(bytes.slice(start, end + 1), { status: 206, headers });
}
