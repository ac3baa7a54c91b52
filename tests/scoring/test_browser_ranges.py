"""Parts of a PDF through the service worker: passed on while there is a line, cut from the kept whole without one."""

from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from panel_app.demo.builders.portfolios import APiece
from panel_app.portfolios.models import Relation
from tests.scoring.desk import open_sheet
from tests.scoring.papers import a_long_pdf, every_kind
from tests.scoring.places import Place
from tests.scoring.scenes import drawn, kept
from tests.scoring.test_browser_offline import settled, shelf
from tests.support.browsers import Window
from tests.support.databases import Databases

pytestmark = pytest.mark.browser

ASK = """async ([address, range]) => {
  const answer = await fetch(address, range ? { headers: { Range: range } } : {});
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { status: answer.status, range: answer.headers.get("Content-Range"), size: bytes.length,
    type: answer.headers.get("Content-Type"), hash: [...hash].join() };
}"""
SLICE = """async ([address, start, end]) => {
  const whole = await (await fetch(address)).arrayBuffer();
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", whole.slice(start, end)))].join();
}"""


@pytest.fixture
def logbook(app: object, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started sheet on a portfolio whose first piece is a PDF of 300 pages."""
    piece = APiece("The logbook of a year.", {"C4": Relation.SHOWS}, name="Logbook.pdf", content=a_long_pdf())
    return kept("logbook", databases, kept_places, [piece, *every_kind()[1:]])


def served(place: Place, window: Window) -> Page:
    """The sheet, with the worker in charge of what it asks for."""
    page = settled(open_sheet(window(place.actor), place))
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def copy_of(page: Page) -> str:
    """The address of the PDF's panel copy."""
    address: str = page.evaluate("fetch(document.querySelector('[data-plan]').dataset.plan).then(a => a.json())")[
        "files"
    ][0]["address"]
    return address


def asked(page: Page, address: str, bytes_: str = "") -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(ASK, [address, bytes_ and f"bytes={bytes_}"])
    return found


def available(page: Page) -> None:
    page.get_by_role("button", name="Make available offline").click()
    expect(page.locator("[data-offline-said]")).to_contain_text("All of it is on this device", timeout=15_000)


def test_with_a_line_a_range_goes_through_the_worker_unchanged(logbook: Place, window: Window) -> None:
    page = served(logbook, window)
    address = copy_of(page)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if "/copies/" in answer.url else None)

    part = asked(page, address, "70000-70999")

    whole = asked(page, address)
    assert (part["status"], part["size"]) == (206, 1000)
    assert part["range"] == f"bytes 70000-70999/{whole['size']}"
    assert part["hash"] == page.evaluate(SLICE, [address, 70000, 71000])
    assert answers[0].from_service_worker
    assert answers[0].request.headers["range"] == "bytes=70000-70999"


def test_without_a_line_ranges_are_cut_from_the_kept_whole(logbook: Place, window: Window) -> None:
    page = served(logbook, window)
    address = copy_of(page)
    ranges = ["0-65535", "70000-70999", "-100", "800000-"]
    online = {each: asked(page, address, each) for each in ranges}
    size = asked(page, address)["size"]
    available(page)

    page.context.set_offline(True)

    assert {each: asked(page, address, each) for each in ranges} == online
    assert {each["status"] for each in online.values()} == {206}
    assert asked(page, address, f"0-{size + 5}")["range"] == f"bytes 0-{size - 1}/{size}"
    beyond = asked(page, address, f"{size}-")
    assert (beyond["status"], beyond["range"], beyond["size"]) == (416, f"bytes */{size}", 0)
    assert asked(page, address, "1-2,4-5")["size"] == size


def test_without_a_line_a_pdf_that_is_available_opens_at_a_far_page(logbook: Place, window: Window) -> None:
    page = served(logbook, window)
    available(page)
    assert any("/copies/" in each for each in shelf(page))
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if "/copies/" in answer.url else None)

    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)
    page.locator("#page-jump").fill("280")
    page.locator("#page-jump").press("Enter")
    drawn(page, 280)

    expect(page.locator("[data-number='280']")).to_contain_text("This is leaf 280 of the logbook.")
    parts = [answer for answer in answers if not answer.url.endswith("/front")]
    assert {part.status for part in parts} == {206}
    assert 1 < len(parts) == len(answers) - 1
    assert all(answer.from_service_worker for answer in answers)


def test_a_pdf_that_loses_its_line_while_it_is_read_goes_on_from_the_device(logbook: Place, window: Window) -> None:
    page = served(logbook, window)
    available(page)
    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)

    page.context.set_offline(True)
    page.locator("#page-jump").fill("290")
    page.locator("#page-jump").press("Enter")

    drawn(page, 290)
    expect(page.locator("[data-number='290']")).to_contain_text("This is leaf 290 of the logbook.")
