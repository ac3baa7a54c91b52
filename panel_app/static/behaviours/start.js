// Finds [data-behaviour] and attaches the module of that name. Pages work before and without it.
// The layout lists each module's address, with its content hash, in <meta name="behaviour:name">.

const attached = new WeakMap();

function address(name) {
  const listed = document.querySelector(`meta[name="behaviour:${name}"]`);
  return listed ? new URL(listed.content, document.baseURI).href : new URL(`./${name}.js`, import.meta.url).href;
}

async function attach(element, name) {
  const names = attached.get(element) ?? new Set();
  if (names.has(name)) return;
  names.add(name);
  attached.set(element, names);
  const module = await import(address(name));
  module.default(element);
}

export function start(root) {
  const found = [...root.querySelectorAll("[data-behaviour]")];
  if (root instanceof Element && root.matches("[data-behaviour]")) found.unshift(root);
  return Promise.all(
    found.flatMap((element) => element.dataset.behaviour.split(/\s+/).filter(Boolean).map((name) => attach(element, name))),
  );
}

document.documentElement.dataset.ready = "";
start(document).then(() => { document.documentElement.dataset.ready = "all"; });
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
