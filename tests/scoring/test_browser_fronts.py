"""The picture of a first page in Chromium: there before the reader is asked for, gone once the page itself is drawn."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import text

from panel_app.foundation.database import transaction
from tests.scoring.desk import open_sheet
from tests.scoring.papers import every_kind
from tests.scoring.places import Place
from tests.scoring.scenes import drawn, kept
from tests.scoring.test_browser_offline import settled, shelf
from tests.support.browsers import Window, axe_findings
from tests.support.databases import Databases

pytestmark = pytest.mark.browser
READER = "**/pdf.min.mjs*"
SEEN = "img.front[data-state=seen]"
NAME = "E01, page 1 of 3"


@pytest.fixture
def full_place(app: Flask, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started sheet on evidence of every kind; built once."""
    return kept("full", databases, kept_places, every_kind())


@pytest.fixture
def page(full_place: Place, window: Window) -> Page:
    """Its sheet in a window without a service worker, so that a test can hold what it asks for; no piece is open."""
    page = window(full_place.actor)
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    return open_sheet(page, full_place)


def open_first(page: Page) -> None:
    tab = page.locator(".pane-tabs button[value='evidence']")
    if tab.is_visible():
        tab.click()
    page.locator("a[href='#piece-E01']").click()


def place_of(page: Page, selector: str) -> tuple[float, ...]:
    """Left, top, width and height of what is shown, in pixels of the window."""
    box = page.locator(f"[data-piece]:not([hidden]) {selector}").bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


def test_the_picture_is_seen_before_the_reader_is_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2]))

    open_first(page)
    drawn(page, 1)

    assert asked.index("front") < asked.index("pdf.min.mjs") < asked.index("pdf.worker.min.mjs")
    assert asked.count("front") == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_takes_its_place_and_name_without_a_jump(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(READER, hold)
    open_first(page)
    page.locator(SEEN).wait_for()
    named, before = page.get_by_role("img", name=NAME), place_of(page, ".evidence-page:has(.front)")
    expect(named).to_be_visible()

    held[0].continue_()
    drawn(page, 1)

    assert place_of(page, "[data-number='1']") == pytest.approx(before, abs=1)
    expect(named).to_be_visible()
    expect(page.locator("[data-piece='E01'] img")).to_have_count(0)


def test_a_picture_that_does_not_come_leaves_the_page_as_it_would_be_without(page: Page) -> None:
    page.route("**/front", lambda route: route.abort())

    open_first(page)
    drawn(page, 1)

    expect(page.locator("[data-piece='E01'] img")).to_have_count(0)
    expect(page.get_by_role("img", name=NAME)).to_have_count(1)


def test_a_copy_without_a_picture_is_drawn_as_before(full_place: Place, page: Page) -> None:
    with transaction() as db:
        db.execute(text("DELETE FROM front_page"))
    page.reload()

    open_first(page)
    drawn(page, 1)

    expect(page.locator("[data-front]")).to_have_count(0)
    expect(page.get_by_role("img", name=NAME)).to_be_visible()


def test_when_no_reader_comes_the_picture_stays_and_the_page_says_so(page: Page) -> None:
    page.route(READER, lambda route: route.abort())

    open_first(page)

    expect(page.locator("[data-piece='E01'] [data-failed]")).to_be_visible()
    expect(page.get_by_role("img", name=NAME)).to_be_visible()
    assert axe_findings(page) == []


def test_the_picture_lies_on_the_device_with_its_portfolio(full_place: Place, window: Window) -> None:
    page = settled(open_sheet(window(full_place.actor), full_place))
    page.locator("[data-offline-load]").click()
    expect(page.locator("[data-offline-erase]")).to_be_visible(timeout=20_000)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-ready=all]")

    open_first(page)

    page.locator(f"{SEEN}, [data-number='1'][data-state=drawn]").wait_for()
    drawn(page, 1)
    assert len([address for address in shelf(page) if address.endswith("/front")]) == 2
