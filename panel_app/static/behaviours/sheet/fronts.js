// The picture of a PDF's first page: it comes before what draws the page itself, and before what a device keeps for later.

const PATIENCE = 5000;

const pause = (time) => new Promise((go) => setTimeout(go, time));
const frame = () => new Promise((go) => requestAnimationFrame(go));

// Asked for only now: one that stood in the page would come while all pieces are still in sight.
function hang({ front, width, height, pages }, name) {
  const figure = document.createElement("figure");
  figure.className = "pdf-page";
  const box = document.createElement("div");
  box.className = "evidence-page drawn";
  const picture = new Image(width, height);
  Object.assign(picture, { className: "front", alt: name, draggable: false, src: front });
  const caption = document.createElement("figcaption");
  caption.textContent = `1 / ${pages}`;
  box.append(picture);
  figure.append(box, caption);
  return figure;
}

// Hangs the picture up and waits until it is seen. One that fails goes; one that is slow is not waited for.
export async function seen(place, name) {
  if (!place.dataset.front) return;
  const figure = hang(place.dataset, name);
  const picture = figure.querySelector("img");
  place.prepend(figure);
  try {
    await Promise.race([picture.decode(), pause(PATIENCE)]);
    await frame();
    await frame();
    if (picture.complete) picture.dataset.state = "seen";
  } catch {
    (figure.isConnected ? figure : picture).remove();
  }
}

// Until each picture that is looked at has come.
export async function allSeen() {
  const near = [...document.querySelectorAll("img.front")].filter((picture) => picture.getClientRects().length);
  await Promise.race([Promise.allSettled(near.map((picture) => picture.decode())), pause(PATIENCE)]);
}
