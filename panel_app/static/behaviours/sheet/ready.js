// Waits until every behaviour of the page is attached: start.js says so at the root.

const root = document.documentElement;
const isReady = () => root.dataset.ready === "all";

export default async function ready() {
  if (isReady()) return;
  await new Promise((go) => {
    const watch = new MutationObserver(() => {
      if (!isReady()) return;
      watch.disconnect();
      go();
    });
    watch.observe(root, { attributeFilter: ["data-ready"] });
  });
}
