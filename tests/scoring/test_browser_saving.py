"""Saving as you type, in Chromium: what is saved is said, what isn't is kept, nothing is ever lost."""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from panel_app.assignment import services as assignment
from panel_app.foundation.database import reading
from panel_app.scoring.services import save_field
from tests.scoring.desk import KEPT, box, level, on_sheet, open_sheet, status, wait_until_saved
from tests.scoring.places import Place
from tests.scoring.saves import a_change, head_of, history_of
from tests.support.browsers import Window
from tests.support.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(place: Place, window: Window) -> Page:
    """The place's sheet in a window."""
    return open_sheet(window(place.actor), place)


def waiting_here(page: Page) -> list[str]:
    """What lies in the device's own database and is not sent."""
    found: list[str] = page.evaluate(
        """() => new Promise((resolve) => { indexedDB.open("panel").onsuccess = ({ target: { result } }) => {
        result.transaction("changes").objectStore("changes").getAll().onsuccess = ({ target }) =>
          resolve(target.result.map(({ value }) => value)); }; })"""
    )
    return found


def values(place: Place, field: str) -> list[str]:
    reading().rollback()
    return [change.value for change in history_of(head_of(place.key).id, field)[field]]


def test_typing_is_saved_and_a_reload_shows_it(place: Place, sheet: Page) -> None:
    box(sheet, "C1.rationale").type("Two releases, é, 🙂")
    expect(status(sheet)).to_have_text("Not saved yet")
    wait_until_saved(sheet)

    sheet.reload()

    expect(box(sheet, "C1.rationale")).to_have_value("Two releases, é, 🙂")
    assert on_sheet(place) == {"C1.rationale": "Two releases, é, 🙂"}


def test_a_level_is_saved_at_once_and_can_be_cleared(place: Place, sheet: Page) -> None:
    level(sheet, "C1", 3).check()
    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.level": "3"}

    sheet.get_by_role("button", name="Clear this level").click()

    expect(level(sheet, "C1", 3)).not_to_be_checked()
    expect(status(sheet)).to_have_text("Saved 09:00")
    assert values(place, "C1.level") == ["3", ""]


def test_moving_between_criteria_keeps_every_box_as_typed(place: Place, sheet: Page) -> None:
    box(sheet, "C1.rationale").type("of the first")
    sheet.locator("[data-step=C2]").click()
    box(sheet, "C2.rationale").type("of the second")
    sheet.locator("[data-step=C1]").click()
    expect(box(sheet, "C1.rationale")).to_have_value("of the first")

    wait_until_saved(sheet)
    sheet.reload()

    expect(box(sheet, "C1.rationale")).to_have_value("of the first")
    assert on_sheet(place) == {"C1.rationale": "of the first", "C2.rationale": "of the second"}


def test_offline_changes_are_kept_on_the_device_and_sent_once(place: Place, sheet: Page) -> None:
    sheet.context.set_offline(True)
    for code in ("C1", "C2", "C3", "C4", "C5"):
        sheet.locator(f"[data-step={code}]").click()
        level(sheet, code, 2).check()
    expect(status(sheet)).to_have_text(KEPT)
    assert on_sheet(place) == {}

    sheet.context.set_offline(False)

    wait_until_saved(sheet)
    assert on_sheet(place) == {f"C{n}.level": "2" for n in range(1, 6)}
    assert head_of(place.key).revision == 5


def test_a_save_whose_answer_was_lost_is_applied_once(place: Place, sheet: Page) -> None:
    lost: list[object] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    sheet.route("**/sheet", lose)
    level(sheet, "C1", 4).check()
    expect(status(sheet)).to_have_text(KEPT)

    wait_until_saved(sheet)

    assert len(lost) == 1
    assert values(place, "C1.level") == ["4"]


def test_text_that_was_not_sent_survives_a_closed_tab(place: Place, window: Window) -> None:
    sheet = open_sheet(window(place.actor), place)
    sheet.context.set_offline(True)
    box(sheet, "C2.feedback").evaluate("box => { box.value = 'kept through the night'; }")
    box(sheet, "C2.feedback").dispatch_event("input")
    expect(status(sheet)).to_have_text(KEPT)
    sheet.close(run_before_unload=False)

    later = sheet.context.new_page()
    sheet.context.set_offline(False)
    open_sheet(later, place)

    expect(box(later, "C2.feedback")).to_have_value("kept through the night")
    wait_until_saved(later)
    assert on_sheet(place) == {"C2.feedback": "kept through the night"}
    assert waiting_here(later) == []


def test_two_tabs_show_both_texts_and_the_person_chooses(place: Place, sheet: Page) -> None:
    save_field(place.actor, place.key, a_change("C1.rationale", "from the phone", page="phone"))
    box(sheet, "C1.rationale").type("from the desk")

    expect(sheet.locator("[data-clash-theirs]")).to_have_text("from the phone")
    expect(box(sheet, "C1.rationale")).to_have_value("from the desk")
    expect(status(sheet)).to_have_text("Two texts: choose one")
    sheet.get_by_role("button", name="Keep what is in the box").click()

    wait_until_saved(sheet)
    expect(sheet.locator("[data-clash-theirs]")).to_have_count(0)
    assert values(place, "C1.rationale") == ["from the phone", "from the desk"]


def test_the_other_text_can_be_taken(place: Place, sheet: Page) -> None:
    save_field(place.actor, place.key, a_change("C1.rationale", "from the phone", page="phone"))
    box(sheet, "C1.rationale").type("from the desk")

    sheet.get_by_role("button", name="Take this one").click()

    expect(box(sheet, "C1.rationale")).to_have_value("from the phone")
    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": "from the phone"}


def test_what_another_tab_saved_elsewhere_appears_here(place: Place, sheet: Page) -> None:
    save_field(place.actor, place.key, a_change("note", "from the phone", page="phone"))
    save_field(place.actor, place.key, a_change("C2.level", "2", 1, page="phone"))

    level(sheet, "C1", 3).check()
    wait_until_saved(sheet)

    expect(box(sheet, "note")).to_have_value("from the phone")
    expect(level(sheet, "C2", 2)).to_be_checked()


def test_an_expired_session_keeps_the_text_until_the_next_sign_in(place: Place, sheet: Page, server: Server) -> None:
    sheet.context.clear_cookies()
    box(sheet, "C1.rationale").type("typed after the session ended")
    expect(status(sheet)).to_have_text("Not saved: sign in again")
    expect(sheet.get_by_role("button", name="Sign in again here")).to_be_visible()

    sheet.context.add_cookies([server.cookie(place.actor)])  # type: ignore[list-item]
    sheet.evaluate("window.dispatchEvent(new Event('focus'))")

    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": "typed after the session ended"}


def test_a_sheet_that_is_shut_meanwhile_says_so_and_keeps_the_text_readable(place: Place, sheet: Page) -> None:
    assignment.close_unneeded(place.portfolio.assessment_id)
    reading().rollback()

    box(sheet, "C1.rationale").type("too late, but not lost")

    expect(status(sheet)).to_have_text("Not saved: the sheet is shut")
    expect(sheet.locator("[data-banner]")).to_contain_text("no longer needed")
    expect(box(sheet, "C1.rationale")).to_have_value("too late, but not lost")


def test_a_text_that_is_too_long_is_refused_at_its_field_and_stays(place: Place, sheet: Page) -> None:
    box(sheet, "C1.rationale").fill("x" * 20_001)

    expect(sheet.locator("[data-refused]")).to_contain_text("At most: 20000.")
    expect(status(sheet)).to_have_text("Not saved: see the field")
    box(sheet, "C1.rationale").fill("short")

    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": "short"}


def test_leaving_with_unsaved_text_is_asked_about(sheet: Page) -> None:
    sheet.context.set_offline(True)
    box(sheet, "C1.rationale").type("unsaved")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    sheet.on("dialog", stay)
    sheet.locator(".top-brand").click(no_wait_after=True)
    expect(box(sheet, "C1.rationale")).to_have_value("unsaved")

    assert asked == ["beforeunload"]
    sheet.context.set_offline(False)
    wait_until_saved(sheet)


def test_a_server_that_restarts_meanwhile_costs_nothing(place: Place, sheet: Page, server: Server) -> None:
    server.stop()
    box(sheet, "C1.rationale").type("typed while it was away")
    expect(status(sheet)).to_have_text(KEPT)

    server.start()
    sheet.evaluate("window.dispatchEvent(new Event('online'))")

    wait_until_saved(sheet)
    assert on_sheet(place) == {"C1.rationale": "typed while it was away"}
