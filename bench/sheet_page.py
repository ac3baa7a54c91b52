"""The sheet's page in Chromium with 300 pages of evidence, beside the same page with three links for evidence.

How long until the first level can be chosen, and how many bytes came before the first page of a PDF is seen.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.databases import empty_app, environment
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
Workers = Literal["allow", "block"]


@dataclass(frozen=True)
class PageFigures:
    """Milliseconds until a level can be chosen, of both pages; bytes until the first page of evidence is seen.

    `cold`: everything on the wire in a new browser; `warm`: what is sent again when styles and scripts are kept.
    """

    full: float
    empty: float
    cold: int
    warm: int

    @property
    def ratio(self) -> float:
        """The full page's time to the empty page's."""
        return self.full / self.empty


def measure(url: str, folder: Path, loads: int = LOADS) -> PageFigures:
    """Both pages by turns behind gunicorn, in one Chromium."""
    app = empty_app(url, folder)
    with app.app_context(), clock.pinned(NOW):
        logbook = every_kind()
        logbook[0] = type(logbook[0])("A year's logbook.", {}, name="Logbook.pdf", content=a_long_pdf(PAGES))
        places = a_place(evidence=logbook), a_place()
        for place in places:
            a_started_sheet(place.key)
    served = Served("wsgi:app", environment(url, folder))
    served.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            cookies = [_cookie(app, place, served) for place in places]
            cold, warm = _bytes(browser, cookies[0], served, places[0])
            times: list[list[float]] = [[], []]
            for _ in range(loads):
                for kept, cookie, place in zip(times, cookies, places, strict=True):
                    kept.append(_ready(browser, cookie, served, place))
            browser.close()
    finally:
        served.kill()
    return PageFigures(median(times[0]), median(times[1]), cold, warm)


def _cookie(app: Flask, place: Place, served: Served) -> dict[str, str]:
    with app.app_context(), clock.pinned(NOW):
        assert place.actor.person_id is not None
        client = signed_in(app, place.actor.person_id)
    name = app.config["SESSION_COOKIE_NAME"]
    kept = client.get_cookie(name)
    assert kept is not None
    return {"name": name, "value": kept.value, "url": served.address}


@contextmanager
def _new(browser: Browser, cookie: dict[str, str], workers: Workers = "allow") -> Iterator[BrowserContext]:
    """A browser that has kept nothing, with or without service workers."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, service_workers=workers)
    context.add_cookies([cookie])  # type: ignore[list-item]  # the three keys that it needs
    yield context
    context.close()


def _ready(browser: Browser, cookie: dict[str, str], served: Served, place: Place) -> float:
    with _new(browser, cookie) as context:
        page = context.new_page()
        page.goto(f"{served.address}/reviews/{place.key}")
        page.wait_for_selector("html[data-ready=all]", timeout=PATIENCE)
        page.locator("input[name='C1.level']").first.check(trial=True)
        return float(page.evaluate(READY))


def _bytes(browser: Browser, cookie: dict[str, str], served: Served, place: Place) -> tuple[int, int]:
    """Bytes until the first page is drawn, in a new browser and again with what it kept.

    What a service worker hands out isn't counted as a page's, so the second time is in a browser that has none.
    """
    address = f"{served.address}/reviews/{place.key}"
    with _new(browser, cookie) as context:
        cold = _until_drawn(context.new_page(), address)
    with _new(browser, cookie, workers="block") as context:
        _until_drawn(context.new_page(), address)
        return cold, _until_drawn(context.new_page(), address)


def _until_drawn(page: Page, address: str) -> int:
    """The bytes that come to a new tab until the first page of evidence is drawn; it is closed then."""
    counted: list[float] = []
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda done: counted.append(done["encodedDataLength"]))
    page.goto(address)
    page.wait_for_selector("html[data-ready=all]", timeout=PATIENCE)
    page.locator("a[href='#piece-E01']").click()
    page.wait_for_selector("[data-number='1'][data-state=drawn]", timeout=PATIENCE)
    came = int(sum(counted))
    page.close()
    return came
