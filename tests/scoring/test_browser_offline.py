"""Without a line, in Chromium: sheets and evidence open from the device, and what is typed waits there."""

import pytest
from playwright.sync_api import Dialog, Page, expect
from sqlalchemy import func, select

from panel_app.assignment.services import recuse
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.scoring import a_started_sheet, a_submitted_sheet
from panel_app.foundation.database import reading
from panel_app.scoring.models import OfflineCopy
from panel_app.scoring.services import save_field
from tests.scoring.desk import KEPT, box, level, on_sheet, open_sheet, status, wait_until_saved
from tests.scoring.papers import every_kind
from tests.scoring.places import Place, a_place
from tests.scoring.saves import a_change
from tests.scoring.test_browser_saving import waiting_here
from tests.support.browsers import Window
from tests.support.server import Server

pytestmark = pytest.mark.browser


def settled(page: Page) -> Page:
    """Until the device holds the sheet and serves it."""
    expect(page.locator("[data-offline-said]")).not_to_be_empty(timeout=30_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def shelf(page: Page) -> list[str]:
    """The addresses that lie on the device for one account alone."""
    found: list[str] = page.evaluate(
        """async () => { const all = [];
        for (const name of await caches.keys()) if (name.startsWith("panel-own:"))
          for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
        return all.sort(); }"""
    )
    return found


def wait_until_kept(page: Page, number: int) -> None:
    """Until so many addresses lie here; the worker writes a moment after the page has its answer."""
    page.wait_for_function(
        """async number => { let found = 0;
        for (const name of await caches.keys()) if (name.startsWith("panel-own:"))
          found += (await (await caches.open(name)).keys()).length;
        return found === number; }""",
        arg=number,
    )


def known_here(page: Page) -> list[str]:
    """The rationale of C1 as the device last knew it, once it has written what it was told."""
    found: list[str] = page.evaluate(
        """() => new Promise((resolve) => { indexedDB.open("panel").onsuccess = ({ target: { result } }) => {
        result.transaction("sheets", "readwrite").objectStore("sheets").getAll().onsuccess = ({ target }) =>
          resolve(target.result.map(({ fields }) => fields["C1.rationale"].value)); }; })"""
    )
    return found


def test_an_opened_sheet_opens_again_without_a_line_and_sends_when_it_is_back(place: Place, window: Window) -> None:
    page = settled(open_sheet(window(place.actor), place))
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    box(page, "C1.rationale").type("typed on a train")
    expect(status(page)).to_have_text(KEPT)

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    wait_until_saved(page)
    assert on_sheet(place) == {"C1.rationale": "typed on a train"}


def test_a_page_from_the_shelf_shows_what_was_saved_from_here_since(place: Place, window: Window) -> None:
    page = settled(open_sheet(window(place.actor), place))
    box(page, "C1.rationale").type("saved after it was kept")
    wait_until_saved(page)
    assert known_here(page) == ["saved after it was kept"]

    page.context.set_offline(True)
    page.reload()

    expect(box(page, "C1.rationale")).to_have_value("saved after it was kept")


def test_text_survives_a_killed_tab_and_a_start_without_a_line(place: Place, window: Window) -> None:
    page = settled(open_sheet(window(place.actor), place))
    page.context.set_offline(True)
    box(page, "C1.feedback").type("kept through a crash")
    expect(status(page)).to_have_text(KEPT)
    page.evaluate("navigator.locks.query().then(() => true)")
    page.close(run_before_unload=False)

    again = page.context.new_page()
    open_sheet(again, place)
    expect(box(again, "C1.feedback")).to_have_value("kept through a crash")
    again.context.set_offline(False)
    again.evaluate("window.dispatchEvent(new Event('online'))")

    wait_until_saved(again)
    assert on_sheet(place) == {"C1.feedback": "kept through a crash"}


def test_two_devices_without_a_line_lose_neither_text(place: Place, window: Window) -> None:
    phone, desk = (settled(open_sheet(window(place.actor), place)) for _ in range(2))
    for page, words in ((phone, "from the phone"), (desk, "from the desk")):
        page.context.set_offline(True)
        box(page, "C1.rationale").type(words)
        expect(status(page)).to_have_text(KEPT)
    level(desk, "C1", 2).check()

    for page in (phone, desk):
        page.context.set_offline(False)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(status(page)).not_to_have_text(KEPT)

    expect(desk.locator("[data-clash-theirs]")).to_have_text("from the phone")
    expect(box(desk, "C1.rationale")).to_have_value("from the desk")
    expect(status(desk)).to_have_text("Two texts: choose one")
    assert on_sheet(place) == {"C1.rationale": "from the phone", "C1.level": "2"}


def test_an_open_tab_keeps_its_own_and_a_second_one_waits_for_it(place: Place, window: Window) -> None:
    first = settled(open_sheet(window(place.actor), place))
    first.context.set_offline(True)
    box(first, "C1.rationale").type("of the first tab")
    expect(status(first)).to_have_text(KEPT)
    second = open_sheet(first.context.new_page(), place)
    expect(box(second, "C1.rationale")).to_have_value("")

    first.close(run_before_unload=False)

    expect(box(second, "C1.rationale")).to_have_value("of the first tab")
    second.context.set_offline(False)
    second.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until_saved(second)
    assert on_sheet(place) == {"C1.rationale": "of the first tab"}


@pytest.fixture
def full(app: object) -> Place:
    """A started sheet on a portfolio with files of every kind."""
    place = a_place(evidence=every_kind())
    a_started_sheet(place.key)
    return place


def test_a_whole_portfolio_is_made_available_with_its_size_counted_and_erased(full: Place, window: Window) -> None:
    page = settled(open_sheet(window(full.actor), full))
    expect(page.locator("[data-offline-said]")).to_contain_text("Evidence files: 6")

    page.get_by_role("button", name="Make available offline").click()
    expect(page.locator("[data-offline-said]")).to_contain_text("All of it is on this device")
    kept = len([address for address in shelf(page) if "/copies/" in address and not address.endswith("/front")])
    counted = reading().scalar(select(func.count()).where(OfflineCopy.erased_at.is_(None)))
    page.get_by_role("button", name="Erase from this device").click()
    expect(page.locator("[data-offline-said]")).to_contain_text("Evidence files: 6")

    reading().rollback()
    assert (kept, counted) == (6, 1)
    assert reading().scalar(select(func.count()).where(OfflineCopy.erased_at.is_(None))) == 0
    assert shelf(page) == [f"/reviews/{full.key}"]


def test_evidence_opens_without_a_line_once_it_is_available(full: Place, window: Window) -> None:
    page = settled(open_sheet(window(full.actor), full))
    page.get_by_role("button", name="Make available offline").click()
    expect(page.locator("[data-offline-said]")).to_contain_text("All of it is on this device")

    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    page.locator("a[href='#piece-E01']").click()
    expect(page.locator("#piece-E01 [data-number='1'][data-state='drawn']")).to_be_visible()
    page.get_by_role("button", name="All evidence").click()
    page.locator("a[href='#piece-E05']").click()

    expect(page.locator("#piece-E05")).to_contain_text("duty engineer")


def test_what_may_lie_here_ends_with_the_work(full: Place, window: Window) -> None:
    page = settled(open_sheet(window(full.actor), full))
    assert shelf(page) == [f"/reviews/{full.key}"]

    recuse(full.actor, full.key, "I know them.")
    page.reload()

    page.wait_for_load_state()
    assert shelf(page) == []


def test_a_submitted_sheet_leaves_the_device(place: Place, window: Window) -> None:
    page = settled(open_sheet(window(place.actor), place))
    assert shelf(page) != []
    a_submitted_sheet(place.key)

    page.goto(f"/reviews/{place.key}")

    assert shelf(page) == []


def test_signing_out_erases_everything_and_asks_first_where_text_is_not_sent(place: Place, window: Window) -> None:
    page = settled(open_sheet(window(place.actor), place))
    page.route("**/sheet", lambda route: route.abort())
    box(page, "C1.rationale").type("not sent")
    expect(status(page)).to_have_text(KEPT)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", agree)
    page.locator(".account summary").click()

    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{page.url.split('/reviews')[0].rstrip('/')}/")

    assert asked[0].startswith("Not sent yet: 1 of the texts that you typed on this device.")
    assert shelf(page) == []
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_nothing_of_one_account_is_served_to_another(place: Place, window: Window, server: Server) -> None:
    page = settled(open_sheet(window(place.actor), place))
    save_field(place.actor, place.key, a_change("note", "seen by the first alone"))
    other = a_place(place.round_)
    page.context.clear_cookies()
    page.context.add_cookies([server.cookie(other.actor)])  # type: ignore[list-item]

    page.goto("/reviews")
    page.context.set_offline(True)
    page.goto(f"/reviews/{place.key}")

    expect(page.get_by_role("heading", name="There is no connection")).to_be_visible()
    assert shelf(page) == []


def test_the_coordinator_sees_on_how_many_devices_a_portfolio_lies(full: Place, window: Window) -> None:
    page = settled(open_sheet(window(full.actor), full))
    page.get_by_role("button", name="Make available offline").click()
    expect(page.locator("[data-offline-said]")).to_contain_text("All of it is on this device")

    desk = window(a_coordinator(full.round_.id))
    desk.goto(f"/rounds/{full.round_.key}/portfolios/{full.portfolio.key}")

    expect(desk.get_by_text("1 device of an assessor holds it.")).to_be_visible()


def test_a_piece_that_was_opened_opens_again_without_a_line(full: Place, window: Window) -> None:
    page = settled(open_sheet(window(full.actor), full))
    page.locator("a[href='#piece-E04']").click()
    expect(page.locator("#piece-E04 ol.lines")).to_be_visible()
    wait_until_kept(page, 2)

    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-ready=all]")

    expect(page.locator("#piece-E04 ol.lines")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_line_of_the_device_comes_late_and_moves_nothing(full: Place, window: Window, width: int) -> None:
    page = settled(open_sheet(window(full.actor, width=width), full))
    title = page.locator("#C1-title")
    expect(page.get_by_role("button", name="Make available offline")).to_be_visible()
    shown = title.bounding_box()

    page.locator(".offline-line > *").evaluate_all("each => each.forEach((part) => { part.hidden = true; })")

    expect(page.get_by_role("button", name="Make available offline")).to_be_hidden()
    assert title.bounding_box() == shown


def test_text_typed_after_signing_out_in_another_tab_is_kept_on_the_device(place: Place, window: Window) -> None:
    page = settled(open_sheet(window(place.actor), place))
    other = page.context.new_page()
    other.goto("/reviews")
    other.wait_for_selector("html[data-ready=all]")
    other.locator(".account summary").click()
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("button", name="Sign out")).to_have_count(0)

    box(page, "C1.rationale").type("typed after it")

    expect(status(page)).to_have_text("Not saved: sign in again")
    assert waiting_here(page) == ["typed after it"]
