"""The sheet's page in Chromium: evidence, keys, panes, submission, and what a screen reader is told."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from panel_app.demo.builders.scoring import a_saved_sheet, a_started_sheet
from panel_app.foundation.database import reading
from panel_app.scoring.queries import submitted_sheets
from tests.scoring.desk import box, level, on_sheet, open_sheet, status, wait_until_saved
from tests.scoring.papers import every_kind
from tests.scoring.places import Place, a_place
from tests.support.browsers import Window, axe_findings
from tests.support.databases import Databases

pytestmark = pytest.mark.browser
PAINTED = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some((value, at) => at % 4 === 0 && value < 100);
}"""


@pytest.fixture
def sheet(place: Place, window: Window) -> Page:
    """The place's sheet in a window."""
    return open_sheet(window(place.actor), place)


@pytest.fixture
def full_place(app: Flask, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started sheet on a portfolio with evidence of every kind; built once."""
    if "full" in kept_places:
        databases.renew("full")
        return kept_places["full"]
    kept_places["full"] = made = a_place(evidence=every_kind())
    a_started_sheet(made.key)
    databases.keep("full")
    return made


@pytest.fixture
def full_sheet(full_place: Place, window: Window) -> Page:
    """Its sheet in a window."""
    return open_sheet(window(full_place.actor), full_place)


def test_keys_choose_and_clear_levels_move_and_lead_to_texts(place: Place, sheet: Page) -> None:
    sheet.keyboard.press("3")
    expect(level(sheet, "C1", 3)).to_be_checked()
    expect(sheet.locator("[data-announce]")).to_have_text("C1: 3 Proficient chosen")
    sheet.keyboard.press("j")
    sheet.keyboard.press("4")
    expect(level(sheet, "C2", 4)).to_be_checked()
    sheet.keyboard.press("k")
    sheet.keyboard.press("0")
    expect(level(sheet, "C1", 3)).not_to_be_checked()
    expect(sheet.locator("[data-announce]")).to_have_text("C1: no level")

    sheet.keyboard.press("r")
    expect(box(sheet, "C1.rationale")).to_be_focused()
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("e")
    expect(sheet.locator("#evidence")).to_be_focused()

    wait_until_saved(sheet)
    assert on_sheet(place) == {"C2.level": "4"}


def test_keys_are_silent_while_a_text_has_the_focus(place: Place, sheet: Page) -> None:
    box(sheet, "C1.rationale").click()
    sheet.keyboard.type("1 of 4 systems, jkre?")

    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": "1 of 4 systems, jkre?"}
    expect(sheet.locator("dialog#keys")).to_be_hidden()


def test_keys_are_listed_and_can_be_switched_off(place: Place, sheet: Page) -> None:
    sheet.keyboard.press("?")
    expect(sheet.get_by_role("dialog", name="Keys on this page")).to_be_visible()
    sheet.get_by_label("Keys are on, on this device").uncheck()
    sheet.get_by_role("button", name="Close").click()

    sheet.keyboard.press("3")
    sheet.reload()
    sheet.wait_for_selector("html[data-ready=all]")
    sheet.keyboard.press("3")

    assert on_sheet(place) == {}


def test_wheel_page_keys_and_enter_leave_a_level_alone(place: Place, sheet: Page) -> None:
    level(sheet, "C1", 3).check()
    wait_until_saved(sheet)
    level(sheet, "C1", 3).focus()
    level(sheet, "C1", 3).hover()

    sheet.mouse.wheel(0, 400)
    for key in ("PageDown", "PageUp", "Enter", "Home", "End"):
        sheet.keyboard.press(key)

    expect(level(sheet, "C1", 3)).to_be_checked()
    assert on_sheet(place) == {"C1.level": "3"}
    assert sheet.url.endswith(f"/reviews/{place.key}")


def test_steps_show_what_is_done(place: Place, sheet: Page) -> None:
    level(sheet, "C1", 4).check()
    box(sheet, "C1.rationale").fill("All of it.")
    expect(sheet.locator("[data-done-count]")).to_have_text("0 of 6 done")

    sheet.locator("#C1").get_by_label("High").check()

    expect(sheet.locator("[data-done-count]")).to_have_text("1 of 6 done")
    expect(sheet.locator("[data-step=C1]")).to_have_attribute("data-state", "done")
    sheet.get_by_role("button", name="Next: C2").click()
    expect(sheet.locator("#C2-title")).to_be_focused()
    expect(sheet.get_by_role("link", name="C1 Production deployment, done")).to_be_visible()


def test_pdf_pages_are_painted_as_they_come_near(full_sheet: Page) -> None:
    full_sheet.locator("a[href='#piece-E01']").click()
    first = full_sheet.get_by_role("img", name="E01, page 1 of 3")
    expect(full_sheet.locator("[data-number='1']")).to_have_attribute("data-state", "drawn")

    assert first.evaluate(PAINTED)
    expect(full_sheet.locator("[data-number='1'] .pdf-words")).to_contain_text("Post-incident review, page 1")
    assert full_sheet.locator("iframe, embed, object").count() == 0
    full_sheet.locator("[data-number='3']").scroll_into_view_if_needed()
    expect(full_sheet.locator("[data-number='3']")).to_have_attribute("data-state", "drawn")


def test_a_scanned_page_is_painted_too(full_sheet: Page) -> None:
    full_sheet.locator("a[href='#piece-E06']").click()
    expect(full_sheet.locator("#piece-E06 [data-number='1']")).to_have_attribute("data-state", "drawn")

    assert full_sheet.get_by_role("img", name="E06, page 1 of 1").evaluate(PAINTED)


def test_every_kind_of_evidence_can_be_read_beside_the_rubric(full_sheet: Page) -> None:
    full_sheet.locator("a[href='#piece-E02']").click()
    expect(full_sheet.locator("#piece-E02 .evidence-text li")).to_have_count(2)
    full_sheet.get_by_role("button", name="Next piece").click()
    expect(full_sheet.locator("#piece-E03 img")).to_have_js_property("naturalWidth", 640)
    full_sheet.get_by_role("button", name="Next piece").click()
    expect(full_sheet.locator("#piece-E04 ol.lines li")).to_have_count(8)
    full_sheet.get_by_role("button", name="Next piece").click()
    expect(full_sheet.locator("#piece-E05 strong")).to_have_text("duty engineer")
    full_sheet.get_by_role("button", name="All evidence").click()
    full_sheet.locator("a[href='#section-reflection']").click()
    expect(full_sheet.locator("#section-reflection")).to_contain_text("Reflection: the service answers")


def test_looking_at_evidence_leaves_the_sheet_as_it_was(full_sheet: Page) -> None:
    full_sheet.locator("[data-step=C4]").click()
    box(full_sheet, "C4.rationale").type("half a sen")
    full_sheet.locator("a[href='#piece-E04']").click()
    expect(box(full_sheet, "C4.rationale")).to_have_value("half a sen")
    wait_until_saved(full_sheet)

    full_sheet.goto("/reviews")
    full_sheet.go_back()
    full_sheet.wait_for_selector("html[data-ready=all]")

    expect(box(full_sheet, "C4.rationale")).to_have_value("half a sen")
    expect(full_sheet.locator("#C4")).to_be_visible()
    expect(full_sheet.locator("#piece-E04")).to_be_visible()


def test_on_a_narrow_window_two_tabs_keep_their_place(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor, width=390, height=700), place)
    page.evaluate("scrollTo(0, 300)")
    top = "document.getElementById('C1-rationale').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.get_by_role("button", name="Evidence", exact=True).click()
    expect(page.locator("#evidence")).to_be_visible()
    expect(page.locator("#rubric")).to_be_hidden()
    page.get_by_role("button", name="Rubric", exact=True).click()

    expect(page.locator("#rubric")).to_be_visible()
    assert page.evaluate("scrollY") >= 300
    assert page.evaluate(top) == pytest.approx(before, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_submit_right_after_typing_carries_the_text_on_the_screen(place: Place, window: Window) -> None:
    a_saved_sheet(place.key)
    page = open_sheet(window(place.actor), place)
    page.locator("[data-step=finish]").click()
    box(page, "note").type("the last words")

    page.get_by_role("button", name="Check and submit").click()
    page.wait_for_url("**/submit")
    page.get_by_label("No, none did").check()
    expect(page.locator("main")).to_contain_text("3 Proficient")
    page.get_by_role("button", name=f"Submit {place.portfolio.reference}").click()

    expect(page.locator("main")).to_contain_text("Your score sheet is submitted.")
    reading().rollback()
    (submitted,) = submitted_sheets(place.portfolio.assessment_id)
    assert submitted.note == "the last words"


def test_submit_offline_says_so_and_leaves_nothing(place: Place, sheet: Page) -> None:
    sheet.locator("[data-step=finish]").click()
    sheet.context.set_offline(True)
    box(sheet, "note").type("typed without a line")

    sheet.get_by_role("button", name="Check and submit").click()

    expect(sheet.locator("[data-banner]")).to_contain_text("There is no connection")
    expect(box(sheet, "note")).to_have_value("typed without a line")
    sheet.context.set_offline(False)
    wait_until_saved(sheet)


def test_what_is_missing_is_listed_beside_the_button_and_leads_to_its_field(place: Place, window: Window) -> None:
    a_saved_sheet(place.key, criteria=5)
    page = open_sheet(window(place.actor), place)
    page.locator("[data-step=finish]").click()

    page.get_by_role("button", name="Check and submit").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="C6: say why this level.").press("Enter")

    expect(box(page, "C6.rationale")).to_be_focused()
    assert page.title().startswith("Error: ")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_on_the_sheet(full_place: Place, window: Window, width: int, scheme: str) -> None:
    a_saved_sheet(full_place.key, criteria=2)
    page = open_sheet(window(full_place.actor, width=width, scheme=scheme), full_place)
    findings = axe_findings(page)
    page.locator("[data-step=finish]").click()
    page.get_by_role("button", name="Check and submit").click()
    page.wait_for_selector("#error-summary")
    findings += axe_findings(page)
    if width == 390:
        page.get_by_role("button", name="Evidence", exact=True).click()
    page.locator("a[href='#piece-E04']").click()
    expect(page.locator("#piece-E04 ol.lines li")).to_have_count(8)

    assert findings + axe_findings(page) == []
    expect(status(page)).to_be_attached()
