"""The sheet's page in Chromium with 300 pages of evidence, beside the same page with three links for evidence.

How long until the first level can be chosen, and how many bytes came before the first page of a PDF is seen: every byte
that comes down the line to the browser, headers too, for its page, its workers and what it keeps for later.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.databases import empty_app, environment
from bench.line import Line
from bench.pages import signed_in
from bench.played import NOW
from bench.served import Served
from panel_app import clock
from panel_app.demo.builders.scoring import a_started_sheet
from tests.scoring.papers import a_long_pdf, every_kind
from tests.scoring.places import Place, a_place

PAGES = 300
LOADS = 7
PATIENCE = 30_000
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
READY = "() => performance.now()"
# The picture of the first page was painted, or the page itself was drawn; and the second of the two.
SEEN = "img.front[data-state=seen], [data-number='1'][data-state=drawn]"
DRAWN = "[data-number='1'][data-state=drawn]"
# In the page: opens the first piece as soon as it can, and notes, to the millisecond, when its first page was there.
# That a busy machine looks late changes nothing of what is counted.
NOTE = """
new MutationObserver(() => {
  const { dataset } = document.documentElement;
  if (dataset.ready === "all" && !dataset.opened) {
    dataset.opened = "yes";
    document.querySelector("a[href='#piece-E01']").click();
  }
  for (const [name, what] of [["seen", `SEEN`], ["drawn", `DRAWN`]])
    if (document.querySelector(what)) dataset[name] ??= Date.now();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-ready", "data-state"] });
""".replace("SEEN", SEEN).replace("DRAWN", DRAWN)


@dataclass(frozen=True)
class Came:
    """Bytes until the first page of evidence is seen, and until it is drawn sharply."""

    seen: int
    drawn: int


@dataclass(frozen=True)
class PageFigures:
    """Milliseconds until a level can be chosen, of both pages; bytes until the first page of evidence is there.

    `cold`: in a new browser; `warm`: in one that has opened the sheet before, and kept what it may.
    """

    full: float
    empty: float
    cold: Came
    warm: Came

    @property
    def ratio(self) -> float:
        """The full page's time to the empty page's."""
        return self.full / self.empty


def measure(url: str, folder: Path, loads: int = LOADS, pages: int = PAGES) -> PageFigures:
    """Both pages by turns behind gunicorn, in one Chromium."""
    app = empty_app(url, folder)
    with app.app_context(), clock.pinned(NOW):
        logbook = every_kind()
        logbook[0] = type(logbook[0])("A year's logbook.", {}, name="Logbook.pdf", content=a_long_pdf(pages))
        places = a_place(evidence=logbook), a_place()
        for place in places:
            a_started_sheet(place.key)
    served = Served("wsgi:app", environment(url, folder))
    served.start()
    try:
        with Line(served.port) as line, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            cookies = [_cookie(app, place, line) for place in places]
            cold, warm = _bytes(browser, cookies[0], line, places[0])
            times: list[list[float]] = [[], []]
            for _ in range(loads):
                for kept, cookie, place in zip(times, cookies, places, strict=True):
                    kept.append(_ready(browser, cookie, line, place))
            browser.close()
    finally:
        served.kill()
    return PageFigures(median(times[0]), median(times[1]), cold, warm)


def _cookie(app: Flask, place: Place, line: Line) -> dict[str, str]:
    with app.app_context(), clock.pinned(NOW):
        assert place.actor.person_id is not None
        client = signed_in(app, place.actor.person_id)
    name = app.config["SESSION_COOKIE_NAME"]
    kept = client.get_cookie(name)
    assert kept is not None
    return {"name": name, "value": kept.value, "url": line.address}


@contextmanager
def _new(browser: Browser, cookie: dict[str, str]) -> Iterator[BrowserContext]:
    """A browser that has kept nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.add_cookies([cookie])  # type: ignore[list-item]  # the three keys that it needs
    yield context
    context.close()


def _ready(browser: Browser, cookie: dict[str, str], line: Line, place: Place) -> float:
    with _new(browser, cookie) as context:
        page = context.new_page()
        page.goto(f"{line.address}/reviews/{place.key}")
        page.wait_for_selector("html[data-ready=all]", timeout=PATIENCE)
        page.locator("input[name='C1.level']").first.check(trial=True)
        return float(page.evaluate(READY))


def _bytes(browser: Browser, cookie: dict[str, str], line: Line, place: Place) -> tuple[Came, Came]:
    """Bytes until the first page is there, in a new browser, and again in it once it has kept what it keeps."""
    with _new(browser, cookie) as context:
        first = context.new_page()
        cold = _came(first, line, place)
        line.wait_until_quiet()
        first.close()
        line.wait_until_quiet()
        return cold, _came(context.new_page(), line, place)


def _came(page: Page, line: Line, place: Place) -> Came:
    """Opens the sheet, and its first piece at once."""
    page.add_init_script(NOTE)
    began = time.time()
    page.goto(f"{line.address}/reviews/{place.key}")
    page.wait_for_selector("html[data-drawn]", timeout=PATIENCE)
    seen, drawn = (float(page.locator("html").get_attribute(f"data-{name}") or 0) / 1000 for name in ("seen", "drawn"))
    return Came(line.bytes_between(began, seen), line.bytes_between(began, drawn))
