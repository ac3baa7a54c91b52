// Words found again whatever their spaces, line ends, case and ligatures: a text without them, and the way back.

const GONE = /[\s\u00ad\u200b]/;

// `plain`: what is compared. `at[i]`: where in `text` its i-th sign came from; one more at the end.
export function squeeze(text) {
  const at = [];
  let plain = "";
  let index = 0;
  for (const sign of text) {
    const same = sign < "\u0080" ? sign.toLowerCase() : sign.normalize("NFKC").toLowerCase();
    for (const unit of same) {
      if (GONE.test(unit)) continue;
      plain += unit;
      for (let n = 0; n < unit.length; n += 1) at.push(index);
    }
    index += sign.length;
  }
  at.push(index);
  return { plain, at };
}

// Where `words` stand in `text`: pairs of start and end, at most so many.
export function places(text, words, most = 200) {
  const sought = squeeze(words).plain;
  const { plain, at } = squeeze(text);
  const found = [];
  if (!sought) return found;
  for (let from = plain.indexOf(sought); from !== -1 && found.length < most; from = plain.indexOf(sought, from + sought.length)) {
    found.push([at[from], at[from + sought.length - 1] + 1]);
  }
  return found;
}

function leaves(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function point(nodes, index) {
  let left = index;
  for (const node of nodes) {
    if (left <= node.data.length) return [node, left];
    left -= node.data.length;
  }
  return null;
}

// The words as a range of the page below `root`, the n-th time they stand there; null where they don't.
function rangeOf({ root, words, nth }) {
  const nodes = leaves(root);
  const [start, end] = places(nodes.map((node) => node.data).join(""), words)[nth] ?? [];
  if (end === undefined) return null;
  const range = document.createRange();
  range.setStart(...point(nodes, start));
  range.setEnd(...point(nodes, end));
  return range;
}

let standing = null;

// One place, { root, words, nth }, stands out at a time, or none; where a browser can't, it is still found. Gives its range.
export function standOut(place) {
  const range = place && rangeOf(place);
  standing = range && place;
  if (globalThis.Highlight && range) CSS.highlights.set("found", new Highlight(range));
  else globalThis.Highlight && CSS.highlights.delete("found");
  return range;
}

// The words below `root` were written anew: what stood out among them does so again.
export function standAgain(root) {
  if (standing?.root === root) standOut(standing);
}
