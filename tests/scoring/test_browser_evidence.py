"""The evidence pane in Chromium: long PDFs by parts, pages by number, sizes, and find across every piece."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, Response, expect

from panel_app.demo.builders.portfolios import APiece
from panel_app.portfolios.models import Relation
from tests.scoring.desk import open_sheet
from tests.scoring.papers import a_long_pdf, every_kind
from tests.scoring.places import Place
from tests.scoring.scenes import drawn, kept
from tests.support.browsers import Window, axe_findings
from tests.support.databases import Databases

pytestmark = pytest.mark.browser
MOST_DRAWN = 12


@pytest.fixture
def full_place(app: Flask, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started sheet on evidence of every kind; built once."""
    return kept("full", databases, kept_places, every_kind())


@pytest.fixture
def long_place(app: Flask, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started sheet on a PDF of 300 pages; built once."""
    logbook = APiece("The logbook of a year.", {"C4": Relation.SHOWS}, name="Logbook.pdf", content=a_long_pdf())
    return kept("long", databases, kept_places, [logbook, *every_kind()[1:]])


@pytest.fixture
def sheet(full_place: Place, window: Window) -> Page:
    """Its sheet in a window."""
    return open_sheet(window(full_place.actor), full_place)


def find(page: Page, words: str) -> None:
    """Search, and wait until all evidence was looked through."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found-said]")).to_have_text(re.compile(r"^(Places: \d+|Nothing found.*)$"))


def test_a_long_pdf_comes_by_parts_and_only_as_far_as_it_is_looked_at(long_place: Place, window: Window) -> None:
    page = window(long_place.actor)
    parts: list[Response] = []
    page.on(
        "response", lambda answer: parts.append(answer) if answer.headers["content-type"].endswith("/pdf") else None
    )
    open_sheet(page, long_place)
    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)

    lengths = [int(part.headers["content-length"]) for part in parts]
    whole = int(parts[0].headers["content-range"].split("/")[1])
    assert {part.status for part in parts} == {206}
    assert whole > 800_000
    assert sum(lengths) < whole / 4


@pytest.mark.storm
def test_memory_stays_bounded_while_300_pages_are_leafed_through(long_place: Place, window: Window) -> None:
    page = open_sheet(window(long_place.actor), long_place)
    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)
    held = []
    for number in (60, 120, 180, 240, 300):
        page.get_by_label("Page", exact=True).fill(str(number))
        page.keyboard.press("Enter")
        drawn(page, number)
        held.append(page.evaluate("[...document.querySelectorAll('.pdf-page canvas')].filter(c => c.width > 0).length"))

    assert max(held) <= MOST_DRAWN
    expect(page.locator("[data-number='300'] .pdf-words")).to_contain_text("This is leaf 300 of the logbook.")
    assert page.evaluate("document.querySelectorAll('.pdf-words > *').length") < MOST_DRAWN * 150


def test_the_page_at_hand_is_told_while_scrolling(long_place: Place, window: Window) -> None:
    page = open_sheet(window(long_place.actor), long_place)
    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)
    expect(page.locator("[data-most]")).to_have_text("of 300")

    page.locator("[data-number='7']").scroll_into_view_if_needed()
    page.locator("[data-number='7']").evaluate("page => page.scrollIntoView({block: 'center'})")

    expect(page.get_by_label("Page", exact=True)).to_have_value("7")
    expect(page.get_by_role("button", name="Refer to page 7")).to_be_visible()


def test_what_was_mapped_to_the_criterion_at_hand_is_one_press_away(sheet: Page) -> None:
    sheet.locator("[data-step=C4]").click()
    expect(sheet.locator("[data-mapped]")).to_have_text("Mapped to C4: E01 E03 E04")

    sheet.locator("[data-mapped]").get_by_role("button", name="E03").click()

    expect(sheet.locator("#piece-E03")).to_contain_text("Detection times by quarter.")
    sheet.locator("[data-step=C3]").click()
    expect(sheet.locator("[data-mapped]")).to_have_text("Mapped to C3: E06")


def test_find_looks_through_every_piece_in_the_words_of_pdfs_too(sheet: Page) -> None:
    find(sheet, "The alert FIRED")
    expect(sheet.locator("[data-found-said]")).to_have_text("Places: 72")
    rows = sheet.locator(".found")
    expect(rows.first).to_contain_text("E01, p. 1")

    rows.nth(50).click()
    drawn(sheet, 3)

    expect(sheet.locator("#piece-E01")).to_be_visible()
    sheet.wait_for_function("() => [...(CSS.highlights.get('found') ?? [])].map(String).join() === 'the alert fired'")
    expect(sheet.locator("[data-number='3']")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("words", "where"),
    [("duty engineer", "E05"), ("segment suite", "E02"), ("09:13 refusal", "E04"), ("notes/7", "E07")],
)
def test_find_reaches_documents_texts_and_links(sheet: Page, words: str, where: str) -> None:
    find(sheet, words)

    sheet.locator(".found").first.click()

    expect(sheet.locator("[data-found-said]")).to_have_text("Places: 1")
    expect(sheet.locator(f"#piece-{where}")).to_be_visible()


def test_find_says_when_there_is_nothing_and_closes_by_escape(sheet: Page) -> None:
    find(sheet, "no such words")
    expect(sheet.locator("[data-found-said]")).to_contain_text("Nothing found.")

    sheet.keyboard.press("Escape")

    expect(sheet.locator("[data-found]")).to_be_hidden()
    expect(sheet.locator("#find")).to_have_value("")


def test_pictures_and_pages_are_made_larger_and_smaller(sheet: Page) -> None:
    sheet.locator("a[href='#piece-E03']").click()
    picture = sheet.locator("#piece-E03 img")
    before = picture.evaluate("img => img.getBoundingClientRect().width")

    for _ in range(3):
        sheet.get_by_role("button", name="Larger").click()

    assert picture.evaluate("img => img.getBoundingClientRect().width") == pytest.approx(2 * before + 2, abs=1)
    expect(sheet.locator("[data-size]")).to_have_text("200 %")
    assert sheet.evaluate("document.documentElement.scrollWidth") == 1280


def test_the_words_of_a_page_stay_over_it_when_the_divider_moves(sheet: Page) -> None:
    sheet.locator("a[href='#piece-E01']").click()
    drawn(sheet, 1)
    share = """before => { const page = document.querySelector("#piece-E01 [data-number='1'] .pdf-words");
        const width = (each) => each?.getBoundingClientRect().width ?? 0;
        const [words, whole] = [width(page.querySelector("span")), width(page)];
        return before === null ? words / whole : whole > 800 && Math.abs(words / whole / before - 1) < 0.02; }"""
    before = sheet.evaluate(share, None)

    sheet.get_by_role("separator").press("End")

    expect(sheet.get_by_role("separator")).to_have_attribute("aria-valuenow", "75")
    sheet.wait_for_function(share, arg=before)


def test_a_page_whose_part_did_not_come_is_drawn_once_the_line_is_back(long_place: Place, window: Window) -> None:
    page = open_sheet(window(long_place.actor), long_place)
    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator("#page-jump").fill("250")
        page.locator("#page-jump").press("Enter")
    expect(page.locator("[data-number='250']")).to_have_attribute("data-state", "drawing")

    page.context.set_offline(False)

    drawn(page, 250)


def test_a_piece_whose_link_was_followed_before_the_scripts_came_is_shown(full_place: Place, window: Window) -> None:
    page = window(full_place.actor)

    page.goto(f"/reviews/{full_place.key}#piece-E05")
    page.wait_for_selector("html[data-ready=all]")

    expect(page.locator("#piece-E05")).to_be_visible()
    expect(page.locator("#piece-E04")).to_be_hidden()


def test_texts_have_numbers_at_their_lines(sheet: Page) -> None:
    sheet.locator("a[href='#piece-E04']").click()

    lines = sheet.locator("#piece-E04 ol.lines li")

    expect(lines).to_have_count(8)
    assert (
        lines.nth(2).evaluate("li => getComputedStyle(li).display + getComputedStyle(li).listStyleType")
        == "list-itemdecimal"
    )


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_axe_finds_nothing_on_an_open_pdf_with_places_found(
    full_place: Place, window: Window, width: int, scheme: str
) -> None:
    page = open_sheet(window(full_place.actor, width=width, scheme=scheme), full_place)
    if width == 390:
        page.get_by_role("button", name="Evidence", exact=True).click()
    page.locator("a[href='#piece-E01']").click()
    drawn(page, 1)
    find(page, "fired at")
    page.locator(".found").nth(2).click()

    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
