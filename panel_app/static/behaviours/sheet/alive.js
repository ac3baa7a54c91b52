// Which open pages are still there: each holds a lock of its own name for as long as it lives, through a crash too.

const named = (page) => `panel:page:${page}`;

export function live(page) {
  return new Promise((held) => {
    if (!navigator.locks) held();
    else navigator.locks.request(named(page), () => { held(); return new Promise(() => {}); }).catch(held);
  });
}

// Runs `work` once that page is gone: now, or when it closes.
export async function whenGone(page, work) {
  try {
    await (navigator.locks ? navigator.locks.request(named(page), work) : work());
  } catch {
    // this page closed meanwhile, or the device refused: what was left lies there for the next page
  }
}

// The pages among these that are open somewhere now.
export async function open(pages) {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return new Set(pages.filter((page) => names.has(named(page))));
}
