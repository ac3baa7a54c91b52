"""What goes wrong between page and server, in Chromium: the text stays on page and device, and the page says so."""

import pytest
from playwright.sync_api import Page, Route, expect

from panel_app.assignment.services import recuse
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_started_sheet
from panel_app.foundation.database import reading
from tests.scoring.desk import KEPT, box, on_sheet, open_sheet, status, wait_until_saved
from tests.scoring.places import Place, a_place
from tests.scoring.test_browser_saving import waiting_here
from tests.support.browsers import Window

pytestmark = pytest.mark.browser
WORDS = "typed while it went wrong"
PASSWORD = "a lantern on the quay at nine"


@pytest.fixture
def sheet(place: Place, window: Window) -> Page:
    """The place's sheet in a window."""
    return open_sheet(window(place.actor), place)


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_server_in_trouble_is_said_and_the_save_is_sent_again(place: Place, sheet: Page, code: int) -> None:
    def trouble(route: Route) -> None:
        route.fulfill(status=code, content_type="application/json", body='{"error": "crashed"}')

    sheet.route("**/sheet", trouble)
    box(sheet, "C1.rationale").type(WORDS)
    expect(status(sheet)).to_have_text(KEPT)
    expect(sheet.locator("[data-banner]")).to_contain_text("The server could not save this just now.")
    assert waiting_here(sheet) == [WORDS]

    sheet.unroute("**/sheet")

    wait_until_saved(sheet)
    expect(sheet.locator("[data-banner]")).to_be_hidden()
    assert (on_sheet(place), waiting_here(sheet)) == ({"C1.rationale": WORDS}, [])


def test_a_text_that_is_too_large_for_the_server_stays_with_what_to_do(place: Place, sheet: Page) -> None:
    box(sheet, "C1.rationale").fill("x" * 300_000)

    expect(sheet.locator("[data-refused]")).to_contain_text("too long to be saved")
    expect(status(sheet)).to_have_text("Not saved: see the field")
    assert [len(each) for each in waiting_here(sheet)] == [300_000]
    assert on_sheet(place) == {}


def test_an_expired_token_is_renewed_without_a_word(place: Place, sheet: Page) -> None:
    sheet.evaluate("document.querySelector('meta[name=csrf-token]').content = 'of last week'")
    box(sheet, "C1.rationale").type(WORDS)

    wait_until_saved(sheet)

    assert on_sheet(place) == {"C1.rationale": WORDS}


def test_a_token_that_expired_while_gaps_were_shown_is_renewed_too(place: Place, sheet: Page) -> None:
    sheet.locator("[data-step=finish]").click()
    sheet.locator("[data-submit]").click()
    expect(sheet.locator("#error-summary")).to_be_visible()
    sheet.wait_for_selector("html[data-ready=all]")
    sheet.evaluate("document.querySelector('meta[name=csrf-token]').content = 'of last week'")

    box(sheet, "note").type(WORDS)

    wait_until_saved(sheet)
    assert on_sheet(place) == {"note": WORDS}


def test_signing_in_again_on_the_sheet_itself_saves_what_was_typed(app: object, window: Window) -> None:
    round_ = a_round(state="closed")
    place = a_place(round_, a_member(round_, "Sorrel Weir", "sorrel@example.org", password=PASSWORD))
    a_started_sheet(place.key)
    sheet = open_sheet(window(place.actor), place)
    sheet.context.clear_cookies()
    box(sheet, "C1.rationale").type(WORDS)
    sheet.get_by_role("button", name="Sign in again here").click()
    dialog = sheet.get_by_role("dialog", name="Sign in again")

    dialog.get_by_label("Email").fill("sorrel@example.org")
    dialog.get_by_label("Password").fill("not this one")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.locator("[data-sign-in-said]")).not_to_be_empty()
    dialog.get_by_label("Email").fill("sorrel@example.org")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()

    expect(dialog).to_be_hidden()
    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": WORDS}


def test_signing_in_again_without_a_line_says_so(place: Place, sheet: Page) -> None:
    sheet.context.clear_cookies()
    box(sheet, "C1.rationale").type(WORDS)
    expect(sheet.get_by_role("button", name="Sign in again here")).to_be_visible()
    sheet.context.set_offline(True)

    sheet.get_by_role("button", name="Sign in again here").click()

    expect(sheet.get_by_role("dialog", name="Sign in again")).to_contain_text("There is no connection.")


def test_after_a_recusal_the_text_stays_on_the_device_and_the_page_says_what_happened(
    place: Place, sheet: Page
) -> None:
    recuse(place.actor, place.key, "I know them.")
    reading().rollback()

    box(sheet, "C1.rationale").type(WORDS)

    expect(status(sheet)).to_have_text("Not saved: the sheet is shut")
    expect(sheet.locator("[data-banner]")).to_contain_text("You have no more part in this portfolio")
    expect(box(sheet, "C1.rationale")).to_have_value(WORDS)
    assert waiting_here(sheet) == [WORDS]


def test_a_device_that_keeps_nothing_is_said(place: Place, sheet: Page) -> None:
    sheet.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    sheet.context.set_offline(True)

    box(sheet, "C1.rationale").type(WORDS)

    expect(status(sheet)).to_have_text("Not saved: keep this page open")
    sheet.context.set_offline(False)
    sheet.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": WORDS}
