// Time left, by the server's clock: data-now is the server's instant when the page was made.

const UNITS = [["day", 86400000], ["hour", 3600000], ["minute", 60000]];

export function words(left, language) {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const [unit, size] = UNITS.find(([, length]) => left >= length) ?? UNITS.at(-1);
  return format.format(Math.max(1, Math.floor(left / size)), unit);
}

export default function countdown(place) {
  const ahead = Date.parse(place.dataset.now) - Date.now();
  const until = Date.parse(place.dataset.until);
  if (Number.isNaN(ahead) || Number.isNaN(until)) return;

  function tick() {
    if (!place.isConnected) return;
    const left = until - (Date.now() + ahead);
    place.textContent = left > 0 ? words(left, document.documentElement.lang) : place.dataset.over;
    if (left > 0) setTimeout(tick, Math.min(left, left > 3600000 ? 60000 : 5000));
  }

  tick();
}
