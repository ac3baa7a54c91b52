"""References in Chromium: made from words, boxes, pages and pieces; opened at their place; moved with a new copy."""

import json

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from panel_app.scoring.rules.references import parsed
from panel_app.scoring.services import save_field
from tests.scoring.desk import box, on_sheet, open_sheet, wait_until_saved
from tests.scoring.papers import every_kind
from tests.scoring.places import Place
from tests.scoring.saves import a_change
from tests.scoring.scenes import drawn, kept
from tests.support.browsers import Window, axe_findings
from tests.support.databases import Databases

pytestmark = pytest.mark.browser
SELECT = """(root, words) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
}"""


@pytest.fixture
def full_place(app: Flask, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started sheet on evidence of every kind; built once."""
    return kept("full", databases, kept_places, every_kind())


@pytest.fixture
def sheet(full_place: Place, window: Window) -> Page:
    """Its sheet in a window."""
    return open_sheet(window(full_place.actor), full_place)


def references(page: Page, code: str = "C1") -> Locator:
    return page.locator(f"#{code} .reference")


def saved(place: Place, code: str = "C1") -> list[tuple[str, int | None, str]]:
    return [(each.piece, each.page, each.quote) for each in parsed(on_sheet(place).get(f"{code}.references", ""))]


def test_selected_words_of_a_pdf_become_a_reference(full_place: Place, sheet: Page) -> None:
    sheet.locator("a[href='#piece-E01']").click()
    drawn(sheet, 2)
    sheet.locator("[data-number='2'] .pdf-words").evaluate(SELECT, "7: the alert fired")

    sheet.get_by_role("button", name="Refer to these words").click()

    expect(references(sheet)).to_have_text("1 · E01, p. 2: “7: the alert fired”")
    expect(sheet.locator("[data-announce]")).to_have_text("C1: reference 1 added")
    wait_until_saved(sheet)
    assert saved(full_place) == [("E01", 2, "7: the alert fired")]


def test_a_reference_opens_at_its_place_by_key(full_place: Place, window: Window) -> None:
    place = {"key": "aaaaaaaa", "piece": "E01", "page": 3, "quote": "the alert fired", "nth": 5}
    save_field(full_place.actor, full_place.key, a_change("C1.references", json.dumps([place])))
    sheet = open_sheet(window(full_place.actor), full_place)
    expect(references(sheet)).to_have_text("1 · E01, p. 3: “the alert fired”")

    references(sheet).focus()
    sheet.keyboard.press("Enter")
    drawn(sheet, 3)

    expect(sheet.locator("[data-number='3']")).to_be_in_viewport()
    found = "[...CSS.highlights.get('found')].map(range => range.startContainer.data)"
    sheet.wait_for_timeout(200)
    assert sheet.evaluate(found) == ["5: the alert fired at 09:14."]
    expect(references(sheet)).to_be_focused()
    expect(sheet.locator("#C1 .reference-list .tag")).to_be_hidden()


@pytest.mark.parametrize(
    ("piece", "words"),
    [("E02", "segment suite"), ("E04", "09:13 refusal rate"), ("E05", "duty"), ("E07", "notes/7")],
)
def test_words_of_any_text_become_references(full_place: Place, sheet: Page, piece: str, words: str) -> None:
    sheet.locator(f"a[href='#piece-{piece}']").click()
    expect(sheet.locator(f"#piece-{piece} [data-words-of]")).to_contain_text(words)
    sheet.locator(f"#piece-{piece} [data-words-of]").evaluate(SELECT, words)

    sheet.get_by_role("button", name="Refer to these words").click()

    wait_until_saved(sheet)
    assert saved(full_place) == [(piece, None, words)]


def test_a_box_is_dragged_on_a_page_and_shown_again(full_place: Place, sheet: Page) -> None:
    sheet.locator("a[href='#piece-E01']").click()
    drawn(sheet, 1)
    sheet.get_by_role("button", name="Draw a box").click()
    page = sheet.locator("#piece-E01 [data-number='1']").bounding_box()
    assert page is not None
    sheet.mouse.move(page["x"] + 60, page["y"] + 50)
    sheet.mouse.down()
    sheet.mouse.move(page["x"] + 300, page["y"] + 150, steps=5)
    sheet.mouse.up()

    expect(references(sheet)).to_have_text("1 · E01, p. 1: a part")
    wait_until_saved(sheet)
    (made,) = parsed(on_sheet(full_place)["C1.references"])
    assert made.box == pytest.approx(
        (60 / page["width"], 50 / page["height"], 240 / page["width"], 100 / page["height"]), abs=0.01
    )
    references(sheet).click()
    frame = sheet.locator("#piece-E01 [data-number='1'] .frame").bounding_box()
    assert frame is not None
    assert (frame["width"], frame["height"]) == pytest.approx((240, 100), abs=4)


def test_a_box_is_made_by_two_clicks_on_a_picture_without_dragging(full_place: Place, sheet: Page) -> None:
    sheet.locator("a[href='#piece-E03']").click()
    sheet.get_by_role("button", name="Draw a box").click()
    picture = sheet.locator("#piece-E03 [data-picture]")

    picture.click(position={"x": 40, "y": 40})
    picture.click(position={"x": 240, "y": 140})

    expect(references(sheet)).to_have_text("1 · E03: a part")
    expect(sheet.get_by_role("button", name="Draw a box")).to_have_attribute("aria-pressed", "false")


def test_a_page_and_a_piece_are_referred_to_without_a_pointer(full_place: Place, sheet: Page) -> None:
    sheet.locator("a[href='#piece-E01']").focus()
    sheet.keyboard.press("Enter")
    drawn(sheet, 1)
    sheet.get_by_role("button", name="Refer to page 1").press("Enter")
    sheet.get_by_role("button", name="Next piece").press("Enter")
    sheet.get_by_role("button", name="Refer to E02").press("Enter")

    expect(references(sheet)).to_have_text(["1 · E01, p. 1", "2 · E02"])
    wait_until_saved(sheet)
    assert saved(full_place) == [("E01", 1, ""), ("E02", None, "")]


def test_a_reference_goes_to_the_criterion_at_hand_and_can_be_removed(full_place: Place, sheet: Page) -> None:
    sheet.locator("[data-step=C4]").click()
    sheet.locator("[data-mapped]").get_by_role("button", name="E04").click()
    sheet.get_by_role("button", name="Refer to E04").click()
    expect(references(sheet, "C4")).to_have_text("1 · E04")
    expect(references(sheet, "C1")).to_have_count(0)
    wait_until_saved(sheet)

    sheet.get_by_role("button", name="Remove: E04").click()

    expect(references(sheet, "C4")).to_have_count(0)
    expect(sheet.locator("[data-announce]")).to_have_text("C4: reference 1 removed")
    expect(sheet.locator("[data-saved]")).to_have_text("Not saved yet")
    wait_until_saved(sheet)
    assert saved(full_place, "C4") == []


def test_a_reason_without_a_reference_gets_a_hint_and_no_block(full_place: Place, sheet: Page) -> None:
    hint = sheet.locator("#C1 [data-hint]")
    expect(hint).to_be_hidden()

    box(sheet, "C1.rationale").fill("Shown well.")
    expect(hint).to_be_visible()
    sheet.locator("a[href='#piece-E05']").click()
    sheet.get_by_role("button", name="Refer to E05").click()

    expect(hint).to_be_hidden()


def test_references_of_two_windows_are_both_kept(full_place: Place, window: Window) -> None:
    desk, phone = (open_sheet(window(full_place.actor), full_place) for _ in range(2))
    desk.locator("a[href='#piece-E04']").click()
    desk.get_by_role("button", name="Refer to E04").click()
    wait_until_saved(desk)

    phone.locator("a[href='#piece-E05']").click()
    phone.get_by_role("button", name="Refer to E05").click()

    expect(references(phone)).to_have_text(["1 · E04", "2 · E05"])
    wait_until_saved(phone)
    assert saved(full_place) == [("E04", None, ""), ("E05", None, "")]


def test_places_are_looked_for_again_in_a_new_copy(full_place: Place, window: Window) -> None:
    old = {"copy": "b" * 26}
    places = [
        {"key": "aaaaaaaa", "piece": "E01", "page": 1, "quote": "Post-incident review, page 3", **old},
        {"key": "bbbbbbbb", "piece": "E01", "page": 2, "quote": "words that were taken out", **old},
        {"key": "cccccccc", "piece": "E01", "page": 2, "quote": "Post-incident review, page 2", **old},
        {"key": "dddddddd", "piece": "E03", "box": [0.1, 0.1, 0.2, 0.2], **old},
        {"key": "eeeeeeee", "piece": "E04", "quote": "refusal rate"},
    ]
    save_field(full_place.actor, full_place.key, a_change("C1.references", json.dumps(places)))

    sheet = open_sheet(window(full_place.actor), full_place)

    notes = sheet.locator("#C1 .reference-list li")
    expect(notes.nth(0).locator(".tag")).to_have_text("moved")
    expect(notes.nth(1).locator(".tag")).to_have_text("moved: not found again")
    expect(notes.nth(2).locator(".tag")).to_be_hidden()
    expect(notes.nth(3).locator(".tag")).to_have_text("moved: the copy is a new one")
    expect(notes.nth(4).locator(".tag")).to_be_hidden()
    notes.nth(0).locator(".reference").click()
    drawn(sheet, 3)
    expect(sheet.locator("[data-number='3']")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_on_references(full_place: Place, window: Window, width: int, scheme: str) -> None:
    places = [
        {"key": "aaaaaaaa", "piece": "E01", "page": 1, "quote": "the alert fired at"},
        {"key": "bbbbbbbb", "piece": "E03", "box": [0.1, 0.1, 0.2, 0.2], "copy": "b" * 26},
    ]
    save_field(full_place.actor, full_place.key, a_change("C1.references", json.dumps(places)))
    sheet = open_sheet(window(full_place.actor, width=width, scheme=scheme), full_place)
    expect(sheet.locator("#C1 .reference-list .tag").nth(1)).to_be_visible()

    assert axe_findings(sheet) == []
    assert sheet.evaluate("document.documentElement.scrollWidth") == width
