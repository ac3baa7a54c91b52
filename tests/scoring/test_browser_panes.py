"""The two panes of the sheet in Chromium: a divider on a wide window, tabs that keep their place on a narrow one."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.scoring.desk import box, open_sheet, wait_until_saved
from tests.scoring.places import Place
from tests.support.browsers import Window

pytestmark = pytest.mark.browser


def divider(page: Page) -> Locator:
    return page.get_by_role("separator", name="Width of the evidence")


def width(page: Page, pane: str) -> float:
    found = page.locator(f"#{pane}").bounding_box()
    assert found is not None
    return found["width"]


def test_divider_moves_by_keyboard_says_its_place_and_is_remembered(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor), place)
    expect(divider(page)).to_have_attribute("aria-valuenow", "50")
    divider(page).focus()

    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)

    expect(divider(page)).to_have_attribute("aria-valuenow", "54")
    assert width(page, "evidence") == pytest.approx(0.54 * 1280, abs=2)
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    expect(divider(page)).to_have_attribute("aria-valuenow", "54")
    assert width(page, "evidence") == pytest.approx(0.54 * 1280, abs=2)


def test_divider_stops_at_its_ends_and_halves_again(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor), place)
    seen = []
    divider(page).focus()
    for key in ("End", "ArrowRight", "Home", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
        seen.append(divider(page).get_attribute("aria-valuenow"))

    assert seen == ["75", "75", "25", "25", "50"]


def test_divider_is_dragged_and_stays_where_it_was_let_go(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor, width=1100), place)
    page.mouse.move(550, 400)
    page.mouse.down()
    page.mouse.move(440, 420, steps=4)
    page.mouse.up()
    page.mouse.move(700, 400)

    expect(divider(page)).to_have_attribute("aria-valuenow", "40")
    page.mouse.dblclick(440, 400)
    expect(divider(page)).to_have_attribute("aria-valuenow", "50")


def test_below_1100_pixels_there_are_tabs_and_no_divider(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor, width=1099), place)

    expect(divider(page)).to_be_hidden()
    expect(page.get_by_role("group", name="What is shown")).to_be_visible()
    page.set_viewport_size({"width": 1100, "height": 860})
    expect(divider(page)).to_be_visible()
    expect(page.get_by_role("group", name="What is shown")).to_be_hidden()


def top_of(page: Page, element_id: str) -> float:
    """Where an element stands in the window; the browser keeps it there when a line above comes late."""
    return float(page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", element_id))


def test_both_tabs_keep_their_place_and_what_is_typed(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor, width=390, height=600), place)
    box(page, "C1.rationale").fill("half a sentence")
    page.evaluate("scrollTo(0, 240)")
    in_rubric = top_of(page, "C1-rationale")
    page.get_by_role("button", name="Evidence", exact=True).click()
    page.evaluate("scrollTo(0, 120)")
    in_evidence = top_of(page, "evidence")
    page.get_by_role("button", name="Rubric", exact=True).click()
    assert top_of(page, "C1-rationale") == pytest.approx(in_rubric, abs=1)
    page.get_by_role("button", name="Evidence", exact=True).click()

    assert top_of(page, "evidence") == pytest.approx(in_evidence, abs=1)
    wait_until_saved(page)
    expect(box(page, "C1.rationale")).to_have_value("half a sentence")
