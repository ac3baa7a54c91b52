// Which open pages are still there: each holds a lock of its own name for as long as it lives, through a crash too.

const named = (page) => `panel:page:${page}`;

export function live(page) {
  return new Promise((held) => {
    if (!navigator.locks) held();
    else navigator.locks.request(named(page), () => { held(); return new Promise(() => {}); });
  });
}

// Runs `work` once that page is gone: now, or when it closes.
export function whenGone(page, work) {
  return navigator.locks ? navigator.locks.request(named(page), work) : work();
}
