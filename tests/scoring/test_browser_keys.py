"""Levels by key: each change is announced and can be undone; nothing but a deliberate key or press changes one."""

import pytest
from playwright.sync_api import Page, expect

from panel_app.scoring.services import save_field
from tests.scoring.desk import box, level, on_sheet, open_sheet, wait_until_saved
from tests.scoring.places import Place
from tests.scoring.saves import a_change
from tests.support.browsers import Window

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(place: Place, window: Window) -> Page:
    """The place's sheet in a window."""
    return open_sheet(window(place.actor), place)


def test_level_changes_are_undone_one_by_one_by_key_and_by_button(place: Place, sheet: Page) -> None:
    for key in ("2", "4", "j", "3", "0"):
        sheet.keyboard.press(key)
    expect(level(sheet, "C2", 3)).not_to_be_checked()

    sheet.keyboard.press("u")
    expect(level(sheet, "C2", 3)).to_be_checked()
    expect(sheet.locator("[data-announce]")).to_have_text("C2: 3 Proficient chosen")
    sheet.keyboard.press("u")
    expect(level(sheet, "C2", 3)).not_to_be_checked()
    expect(sheet.locator("[data-announce]")).to_have_text("C2: no level")
    sheet.get_by_role("button", name="Undo the level of C1").click()

    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.level": "2"}
    sheet.keyboard.press("u")
    sheet.keyboard.press("u")
    expect(sheet.locator("[data-undo]")).to_be_hidden()
    expect(level(sheet, "C1", 2)).not_to_be_checked()


def test_undo_leaves_alone_what_another_window_chose(place: Place, sheet: Page) -> None:
    save_field(place.actor, place.key, a_change("C1.level", "1", page="phone"))
    sheet.keyboard.press("r")
    box(sheet, "C1.rationale").press_sequentially("x")
    expect(level(sheet, "C1", 1)).to_be_checked()
    sheet.keyboard.press("Escape")

    sheet.keyboard.press("u")

    expect(level(sheet, "C1", 1)).to_be_checked()
    expect(sheet.locator("[data-undo]")).to_be_hidden()


def test_dragging_over_levels_and_scrolling_change_none(place: Place, sheet: Page) -> None:
    card = level(sheet, "C1", 2).locator("..").bounding_box()
    other = level(sheet, "C1", 3).locator("..").bounding_box()
    assert card is not None
    assert other is not None

    sheet.mouse.move(card["x"] + 20, card["y"] + 60)
    sheet.mouse.down()
    sheet.mouse.move(other["x"] + 20, other["y"] + 60, steps=6)
    sheet.mouse.up()
    sheet.mouse.wheel(0, 300)

    expect(sheet.locator("#C1 .levels input:checked")).to_have_count(0)
    assert on_sheet(place) == {}


def test_the_browser_fills_nothing_in(place: Place, sheet: Page) -> None:
    level(sheet, "C1", 3).check()
    wait_until_saved(sheet)
    save_field(place.actor, place.key, a_change("C1.level", "", 1, page="phone"))

    sheet.reload()
    sheet.wait_for_selector("html[data-ready=all]")

    expect(sheet.locator("#C1 .levels input:checked")).to_have_count(0)
    expect(sheet.locator(".score-form")).to_have_attribute("autocomplete", "off")


def test_descriptors_are_in_sight_and_the_chosen_one_has_a_mark_beside_its_colour(place: Place, sheet: Page) -> None:
    words = sheet.locator("#C1 .level-words")
    assert words.count() == 5
    for at in range(5):
        expect(words.nth(at)).to_be_in_viewport(ratio=1)

    level(sheet, "C1", 3).check()

    mark = "name => getComputedStyle(name, '::after').content"
    marks = [sheet.locator("#C1 .level-name").nth(at).evaluate(mark) for at in range(5)]
    assert marks == ["none", "none", '" ✓"', "none", "none"]


def test_keys_that_are_off_stay_off_and_every_act_has_a_button(place: Place, sheet: Page) -> None:
    sheet.keyboard.press("?")
    sheet.get_by_label("Keys are on, on this device").uncheck()
    sheet.get_by_role("button", name="Close").click()

    for key in ("3", "j", "u", "0", "r", "e", "/"):
        sheet.keyboard.press(key)

    assert on_sheet(place) == {}
    expect(sheet.locator("#C1")).to_be_visible()
    assert sheet.evaluate("document.activeElement.tagName") not in ("TEXTAREA", "INPUT")
