// After a partial update the focus is where work goes on: on [data-next] in the new part, else on the part itself.

export default function autofocusNext(place) {
  place.addEventListener("htmx:afterSettle", (event) => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost) return;
    const part = event.detail.elt.isConnected ? event.detail.elt : place;
    const next = part.querySelector("[data-next]") ?? place.querySelector("[data-next]");
    if (next) {
      next.focus();
      return;
    }
    part.tabIndex = -1;
    part.focus();
  });
}
