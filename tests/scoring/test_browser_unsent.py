"""What was typed on a device and never sent is listed on My reviews, and without a line too: nothing typed is lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from panel_app.assignment.services import recuse
from panel_app.scoring.services import save_field
from tests.scoring.desk import KEPT, box, level, on_sheet, open_sheet, status
from tests.scoring.places import Place, a_place
from tests.scoring.saves import a_change
from tests.scoring.test_browser_offline import settled
from tests.scoring.test_browser_saving import waiting_here
from tests.support.browsers import Window, axe_findings
from tests.support.server import Server

pytestmark = pytest.mark.browser


def typed_and_killed(page: Page, place: Place, words: str = "typed on a train") -> Page:
    """A tab in which this was typed while nothing could be sent, killed; gives another of the same browser."""
    settled(open_sheet(page, place))
    page.route(f"**/reviews/{place.key}/sheet", lambda route: route.abort())
    page.context.set_offline(True)
    box(page, "C1.rationale").type(words)
    expect(status(page)).to_have_text(KEPT)
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.context.set_offline(False)
    return other


def listed(page: Page) -> Locator:
    """The lines of the list on My reviews."""
    page.goto("/reviews")
    page.wait_for_selector("html[data-ready=all]")
    return page.locator("#not-sent li")


def press(page: Page, name: str) -> None:
    page.locator("#not-sent").get_by_role("button", name=name, exact=True).click()


def test_a_text_of_a_review_that_ended_is_listed_copied_and_discarded(place: Place, window: Window) -> None:
    page = typed_and_killed(window(place.actor), place)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    recuse(place.actor, place.key, "I know them.")

    row = listed(page)
    expect(row).to_have_count(1)
    expect(row).to_contain_text(f"{place.portfolio.reference}, C1: Why this level")
    press(page, "Send now")
    expect(row).to_contain_text("You have no more part in this portfolio")
    press(page, "Copy")
    expect(page.locator("#not-sent [data-said]")).to_have_text("Copied.")

    assert page.evaluate("navigator.clipboard.readText()") == "typed on a train"
    assert waiting_here(page) == ["typed on a train"]
    page.on("dialog", lambda dialog: dialog.accept())
    press(page, "Discard")
    expect(row).to_have_count(0)
    assert waiting_here(page) == []


def test_a_discard_that_is_not_meant_keeps_the_text(place: Place, window: Window) -> None:
    page = typed_and_killed(window(place.actor), place)
    row = listed(page)
    page.on("dialog", lambda dialog: dialog.dismiss())

    press(page, "Discard")

    expect(row).to_contain_text("typed on a train")
    assert waiting_here(page) == ["typed on a train"]


def test_a_text_is_sent_from_the_list(place: Place, window: Window) -> None:
    page = typed_and_killed(window(place.actor), place)
    row = listed(page)

    press(page, "Send now")

    expect(row).to_have_count(0)
    expect(page.locator("#not-sent [data-said]")).to_have_text("Saved on the score sheet.")
    assert waiting_here(page) == []
    assert on_sheet(place) == {"C1.rationale": "typed on a train"}


def test_a_newer_text_on_the_sheet_is_never_replaced_from_the_list(place: Place, window: Window) -> None:
    page = typed_and_killed(window(place.actor), place)
    save_field(place.actor, place.key, a_change("C1.rationale", "from the phone", page="phone"))
    row = listed(page)

    press(page, "Send now")
    expect(row).to_contain_text("The sheet has a newer text there")
    page.get_by_role("link", name="Open its sheet").click()

    expect(page.locator("[data-clash-theirs]")).to_have_text("from the phone")
    expect(box(page, "C1.rationale")).to_have_value("typed on a train")
    assert on_sheet(place) == {"C1.rationale": "from the phone"}


def test_what_an_open_window_holds_is_left_to_it(place: Place, window: Window) -> None:
    first = settled(open_sheet(window(place.actor), place))
    first.route("**/sheet", lambda route: route.abort())
    level(first, "C1", 3).check()
    expect(status(first)).to_have_text(KEPT)

    row = listed(first.context.new_page())

    expect(row).to_contain_text("C1: Level")
    expect(row).to_contain_text("open in another window")
    expect(row.get_by_role("button", name="Copy")).to_be_visible()
    expect(row.get_by_role("button", name="Send now")).to_be_hidden()
    expect(row.get_by_role("button", name="Discard")).to_be_hidden()


def test_without_a_line_the_list_stands_on_the_page_that_says_so(place: Place, window: Window) -> None:
    page = typed_and_killed(window(place.actor), place)
    listed(page)
    page.context.set_offline(True)

    page.goto("/reviews")

    expect(page.get_by_role("heading", name="There is no connection")).to_be_visible()
    row = page.locator("#not-sent li")
    expect(row).to_contain_text(f"{place.portfolio.reference}, C1: Why this level")
    expect(row).to_contain_text("typed on a train")
    expect(row.get_by_role("button", name="Send now")).to_have_count(0)


def test_another_account_on_the_device_sees_nothing_of_it(place: Place, window: Window, server: Server) -> None:
    page = typed_and_killed(window(place.actor), place)
    expect(listed(page)).to_have_count(1)
    other = a_place(place.round_)
    page.context.clear_cookies()
    page.context.add_cookies([server.cookie(other.actor)])  # type: ignore[list-item]

    row = listed(page)

    expect(page.locator("#to-score")).to_contain_text(other.portfolio.reference)
    expect(row).to_have_count(0)
    expect(page.locator("#not-sent")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_has_no_fault_that_axe_finds(place: Place, window: Window, width: int) -> None:
    page = typed_and_killed(window(place.actor, width=width), place)
    expect(listed(page)).to_have_count(1)

    assert axe_findings(page) == []
