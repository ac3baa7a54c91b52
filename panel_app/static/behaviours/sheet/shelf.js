// What lies on this device for use without a line: one cache per account and sheet, and one of files that are nobody's.
// The page and the worker both use it. Nothing is taken from it while the server answers.

import * as device from "./device.js";

export const ACCOUNT = "X-Panel-Account";
export const UNTIL = "X-Panel-Keep-Until";
const STATIC = "panel-static";
const WHOSE = "panel-whose";
const OWN = "panel-own";

const named = (account, assignment) => `${OWN}:${account}:${assignment}`;

export async function whose() {
  const noted = await (await caches.open(WHOSE)).match("/account");
  return noted ? noted.text() : null;
}

// Erases what lies here for another account than the one that the server has just answered to.
export async function belongsTo(account) {
  if (!account || account === (await whose())) return;
  await Promise.all((await caches.keys()).filter((name) => name.startsWith(`${OWN}:`)).map((name) => caches.delete(name)));
  await device.forgetAll().catch(() => {});
  await (await caches.open(WHOSE)).put("/account", new Response(account));
}

export const observe = (answer) => belongsTo(answer.headers.get(ACCOUNT));

// An answer as it is kept: without the trace of a redirect, which a browser refuses for a page.
function plain(answer) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Set-Cookie");
  return new Response(answer.body, { status: answer.status, headers });
}

export async function put(assignment, address, answer) {
  const account = answer.headers.get(ACCOUNT);
  if (!account) return;
  await belongsTo(account);
  await (await caches.open(named(account, assignment))).put(address, plain(answer));
}

export async function holds(assignment, address) {
  return Boolean(await (await caches.open(named(await whose(), assignment))).match(address));
}

export async function erase(assignment) {
  const names = (await caches.keys()).filter((name) => name.startsWith(`${OWN}:`) && name.endsWith(`:${assignment}`));
  await Promise.all(names.map((name) => caches.delete(name)));
  await device.forget(assignment).catch(() => {});
}

export async function eraseAll() {
  await Promise.all((await caches.keys()).filter((name) => name !== STATIC).map((name) => caches.delete(name)));
}

// A sheet's page has come: it is kept for as long as the server says; one that says nothing must not lie here.
export async function settle(assignment, address, answer) {
  if (answer.ok && answer.headers.get(UNTIL)) await put(assignment, address, answer.clone());
  else if (answer.ok || [403, 404, 409, 410].includes(answer.status)) await erase(assignment);
}

async function isOver(name) {
  const pages = await (await caches.open(name)).matchAll();
  const until = pages.map((page) => page.headers.get(UNTIL)).find(Boolean);
  return !until || Date.parse(until) < Date.now();
}

// From the shelf of the account that was last here; what has outlived its time is erased instead.
export async function served(address) {
  const account = await whose();
  for (const name of (await caches.keys()).filter((each) => each.startsWith(`${OWN}:${account}:`))) {
    if (await isOver(name)) await caches.delete(name);
    else {
      const kept = await (await caches.open(name)).match(address);
      if (kept) return kept;
    }
  }
  return null;
}

export async function keepStatic(addresses) {
  const cache = await caches.open(STATIC);
  await Promise.allSettled(addresses.map(async (address) => {
    if (!(await cache.match(address))) await cache.add(new Request(address, { credentials: "omit" }));
  }));
}

// The same, fetched anew: what has no hash in its address may have changed since.
export async function renewStatic(addresses) {
  const cache = await caches.open(STATIC);
  await Promise.allSettled(addresses.map((address) => cache.add(new Request(address, { credentials: "omit", cache: "reload" }))));
}

// A file of ours: for ever the same under an address with its hash, else the newest that could be had.
export async function asset(request, isForEver) {
  const cache = await caches.open(STATIC);
  const kept = await cache.match(request);
  if (kept && isForEver) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      await cache.delete(request, { ignoreSearch: true });
      await cache.put(request, answer.clone());
    }
    return answer;
  } catch (error) {
    const older = kept ?? (await cache.match(request, { ignoreSearch: true }));
    if (older) return older;
    throw error;
  }
}
