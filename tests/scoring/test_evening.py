"""A whole evening: in on a phone, half of it with keys at a desk, the line lost, the tab closed, finished elsewhere."""

import pytest
from playwright.sync_api import Page, expect

from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.database import reading
from panel_app.scoring.queries import submitted_sheets
from panel_app.scoring.rules.fields import GlobalView
from tests.scoring.desk import KEPT, box, open_sheet, status
from tests.scoring.places import Place, a_place
from tests.scoring.saves import head_of, history_of
from tests.scoring.test_browser_offline import settled
from tests.support.browsers import Window

pytestmark = pytest.mark.browser
PASSWORD = "a lantern on the quay at nine"
CODES = ("C1", "C2", "C3", "C4", "C5", "C6")
LEVELS = {"C1": 3, "C2": 2, "C3": 4, "C4": 3, "C5": 2, "C6": 1}
WHY = {code: f"{code}: two releases, é and 🙂, “as logged” – see E01 and note {code}." for code in CODES}
SAY = {code: f"For {code}: show next time how often the fallback was used, and what it cost to run." for code in CODES}


def sign_in(page: Page) -> None:
    """By the form, as on any morning."""
    page.goto("/sign-in")
    page.get_by_label("Email").fill("sorrel@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Start scoring").first).to_be_visible()


def score_by_keys(page: Page, code: str) -> None:
    """Level by its number, the reason after r; the other two by Tab."""
    page.keyboard.press(str(LEVELS[code]))
    expect(page.locator(f"input[name='{code}.level'][value='{LEVELS[code]}']")).to_be_checked()
    page.keyboard.press("r")
    expect(box(page, f"{code}.rationale")).to_be_focused()
    page.keyboard.insert_text(WHY[code])
    box(page, f"{code}.feedback").focus()
    page.keyboard.insert_text(SAY[code])
    page.locator(f"input[name='{code}.confidence'][value='fair']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("j")


def score_by_touch(page: Page, code: str) -> None:
    """The same on the phone."""
    page.locator(f"[data-step={code}]").click()
    page.locator(f"input[name='{code}.level'][value='{LEVELS[code]}']").check()
    box(page, f"{code}.rationale").fill(WHY[code])
    box(page, f"{code}.feedback").fill(SAY[code])
    page.locator(f"input[name='{code}.confidence'][value='fair']").check()


def all_saved(page: Page) -> None:
    """Nothing waits any more."""
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(status(page)).to_have_text("Saved 09:00")


@pytest.fixture
def invited(app: object) -> Place:
    """An accepted assignment of a member who signs in by password."""
    round_ = a_round(state="closed")
    return a_place(round_, a_member(round_, "Sorrel Weir", "sorrel@example.org", password=PASSWORD))


def test_a_whole_evening_loses_no_character(invited: Place, window: Window) -> None:
    phone = window(width=390, height=844)
    sign_in(phone)
    phone.goto(f"/reviews/{invited.key}")
    phone.get_by_role("button", name="Start scoring").click()
    phone.wait_for_selector("html[data-ready=all]")

    desk = settled(open_sheet(window(invited.actor), invited))
    desk.locator("#C1-title").focus()
    for code in CODES[:3]:
        score_by_keys(desk, code)
    all_saved(desk)
    desk.context.set_offline(True)
    score_by_keys(desk, "C4")
    expect(status(desk)).to_have_text(KEPT)
    desk.close(run_before_unload=False)

    again = open_sheet(desk.context.new_page(), invited)
    expect(box(again, "C4.rationale")).to_have_value(WHY["C4"])
    again.context.set_offline(False)
    all_saved(again)

    open_sheet(phone, invited)
    phone.get_by_role("button", name="Rubric").click()
    for code in CODES[4:]:
        score_by_touch(phone, code)
    all_saved(phone)
    submit(phone)
    everything_is_there(invited)


def submit(page: Page) -> None:
    """The view of the whole, then nothing is missing: the levels once more, no tool declared, then the button."""
    page.locator("[data-step=finish]").click()
    page.locator("input[name='global_view'][value='pass']").check()
    page.locator("[data-submit]").click()
    page.get_by_label("No, none did").check()
    page.get_by_role("button", name="Submit CPAP").click()
    expect(page.get_by_text("Your score sheet is submitted.")).to_be_visible()


def everything_is_there(place: Place) -> None:
    """Each level and each character, in what was submitted and in the history."""
    reading().rollback()
    (sheet,) = submitted_sheets(place.portfolio.assessment_id)
    history = history_of(head_of(place.key).id)
    assert sheet.levels == LEVELS
    assert (sheet.global_view, sheet.outside_tools) == (GlobalView.PASS, "")
    assert {each.criterion: each.rationale for each in sheet.scores} == WHY
    assert {each.criterion: each.feedback for each in sheet.scores} == SAY
    assert {code: history[f"{code}.rationale"][-1].value for code in CODES} == WHY
    assert {code: history[f"{code}.feedback"][-1].value for code in CODES} == SAY
