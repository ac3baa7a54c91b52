// What the server has not acknowledged, kept in this device's own database until it has; and what it had, as last seen.
// A change belongs to the open page that made it (its holder); when that page is gone, another takes it over.

const NAME = "panel";
const CHANGES = "changes";
const SHEETS = "sheets";

let opening = null;

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(CHANGES, { keyPath: "operation" }).createIndex("assignment", "assignment");
      request.result.createObjectStore(SHEETS, { keyPath: "assignment" });
    };
    request.onsuccess = () => {
      request.result.onclose = () => { opening = null; };
      request.result.onversionchange = () => { // signing out in another tab erases all; what is typed here later is kept anew
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

// One transaction that is on disk when it is over: `work` gets the store, and gives what the caller gets.
async function within(store, mode, work) {
  const transaction = (await open()).transaction(store, mode, { durability: "strict" });
  const over = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const result = await work(transaction.objectStore(store));
  await over;
  return result;
}

const of = (store, assignment) => asked(store.index("assignment").getAll(assignment));

export function keep(assignment, holder, entries) {
  return within(CHANGES, "readwrite", async (store) => {
    const wanted = new Set(entries.map(({ operation }) => operation));
    for (const each of await of(store, assignment)) if (each.holder === holder && !wanted.has(each.operation)) store.delete(each.operation);
    for (const each of entries) store.put({ ...each, assignment, holder });
  });
}

// The pages that left something of this sheet here; some may still be open.
export async function holders(assignment, holder) {
  const all = await within(CHANGES, "readonly", (store) => of(store, assignment));
  return [...new Set(all.map((each) => each.holder))].filter((each) => each !== holder);
}

// Takes over what a page that is gone left here; the oldest first.
export function takeOver(assignment, from, to) {
  return within(CHANGES, "readwrite", async (store) => {
    const left = (await of(store, assignment)).filter((each) => each.holder === from);
    for (const each of left) store.put({ ...each, holder: to });
    return left.sort((one, other) => one.at - other.at);
  });
}

// Everything that waits here, of all sheets, the oldest first; and one of it gone.
export const unsent = async () => (await within(CHANGES, "readonly", (store) => asked(store.getAll()))).sort((one, other) => one.at - other.at);
export const drop = (operation) => within(CHANGES, "readwrite", (store) => asked(store.delete(operation)));

export const waiting = () => within(CHANGES, "readonly", (store) => asked(store.count()));

// A sheet as this device last knew it: a page from the shelf may be older than what was saved from here since.
export const remember = (sheet) => within(SHEETS, "readwrite", (store) => asked(store.put(sheet)));
export const remembered = (assignment) => within(SHEETS, "readonly", (store) => asked(store.get(assignment)));
export const forget = (assignment) => within(SHEETS, "readwrite", (store) => asked(store.delete(assignment)));
export const forgetAll = () => within(SHEETS, "readwrite", (store) => asked(store.clear()));

export async function erase() {
  (await open()).close();
  opening = null;
  return asked(indexedDB.deleteDatabase(NAME));
}
