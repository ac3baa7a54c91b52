// The divider between two panes: dragged, moved by arrow keys, and found again where it was left on this device.

const MEMORY = "panel:split";
const [LEAST, MOST, HALF, STEP] = [25, 75, 50, 2];

function remembered() {
  try {
    return Number(localStorage.getItem(MEMORY)) || HALF;
  } catch {
    return HALF; // a device that keeps nothing starts in the middle
  }
}

function remember(share) {
  try {
    localStorage.setItem(MEMORY, share);
  } catch {
    // the divider still moves, for this page
  }
}

export default function split(divider) {
  const panes = divider.parentElement;
  let share = HALF;

  function put(wanted) {
    share = Math.round(Math.min(Math.max(wanted, LEAST), MOST));
    panes.style.setProperty("--split", `${share}%`);
    divider.setAttribute("aria-valuenow", share);
    divider.setAttribute("aria-valuetext", divider.dataset.words.replace("{share}", share));
  }

  function settle(wanted) {
    put(wanted);
    remember(share);
  }

  function follow(event) {
    const { left, width } = panes.getBoundingClientRect();
    put(((event.clientX - left) / width) * 100);
  }

  divider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected on the way
    divider.focus();
    divider.setPointerCapture(event.pointerId);
    divider.addEventListener("pointermove", follow);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    divider.addEventListener(end, () => {
      divider.removeEventListener("pointermove", follow);
      remember(share);
    });
  }
  divider.addEventListener("dblclick", () => settle(HALF));
  divider.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: share - STEP, ArrowRight: share + STEP, Home: LEAST, End: MOST, Enter: HALF }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    settle(to);
  });
  put(remembered());
}
