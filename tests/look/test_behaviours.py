"""What the scripts do, by keyboard and in a real browser."""

import pytest
from playwright.sync_api import Dialog, Page, expect

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.id"
TEXTS = [
    "",
    "  ",
    "one",
    "a\r\nb\rc\nd",
    " spaced\u00a0out \u2028 text\ufeff ",
    "\x1cgroup\x1dsep\x85next ",
    "🙂 ok é",
    "\ufeffmark",
]


def ready(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector("html[data-ready=all]")


def test_errors_are_announced_first_and_lead_to_their_fields(window: Page) -> None:
    ready(window, "/form")
    window.click("button.btn-main")
    expect(window.locator("#error-summary")).to_be_focused()

    links = window.locator("#error-summary a")
    reached = []
    for at in range(links.count()):
        links.nth(at).press("Enter")
        reached.append(window.evaluate(FOCUSED))

    assert window.title() == "Error: Extend a deadline · panel"
    assert reached == ["until", "kind", "domains", "proof", "reason", "sure"]


@pytest.mark.parametrize("text", TEXTS)
def test_words_and_letters_are_counted_as_the_server_counts(window: Page, text: str) -> None:
    ready(window, "/form")
    module = "await import('/static/behaviours/word-count.js')"
    script = f"async t => {{ const m = {module}; return [m.count(t, 'words'), m.count(t, 'letters')]; }}"
    on_server = text.replace("\r\n", "\n").replace("\r", "\n").strip()

    counted = window.evaluate(script, text)

    assert counted == [len(on_server.split()), len(on_server)]


def test_word_count_says_how_many_are_too_many(window: Page) -> None:
    ready(window, "/sheet")

    window.fill("#rationale", "one two three four five six seven eight nine ten eleven")

    assert window.locator("#rationale-count").inner_text() == "Words: 11 of 10 · 1 too many"


def test_wheel_and_page_keys_leave_a_level_alone(window: Page) -> None:
    ready(window, "/sheet")
    window.focus("#level-3")

    window.hover("#level-3")
    window.mouse.wheel(0, 400)
    window.keyboard.press("PageDown")

    assert window.locator("input[name=level]:checked").get_attribute("value") == "4"


@pytest.mark.parametrize("way", ["button", "Delete", "Backspace"])
def test_a_level_can_be_cleared_by_button_and_by_key(window: Page, way: str) -> None:
    ready(window, "/sheet")
    window.focus("#level-3")

    if way == "button":
        window.get_by_role("button", name="Clear this level").press("Enter")
    else:
        window.keyboard.press(way)

    assert window.locator("input[name=level]:checked").count() == 0
    assert window.evaluate(FOCUSED) == "level-3"


def test_countdown_follows_the_clock_of_the_server(window: Page) -> None:
    window.clock.install(time="2031-01-01T00:00:00Z")  # a desk whose clock is years ahead
    ready(window, "/desk")
    left = window.locator("[data-behaviour=countdown]")
    first = left.inner_text()

    window.clock.run_for(8 * 24 * 3600 * 1000)

    assert (first, left.inner_text()) == ("in 8 days", "in 15 hours")


def test_countdown_says_when_it_is_over(window: Page) -> None:
    window.clock.install(time="2031-01-01T00:00:00Z")
    ready(window, "/desk")

    window.clock.run_for(9 * 24 * 3600 * 1000)

    assert window.locator("[data-behaviour=countdown]").inner_text() == "over"


def test_danger_opens_first_and_escape_takes_it_back(window: Page) -> None:
    ready(window, "/parts")
    ask = window.locator(".confirm summary")
    ask.press("Enter")
    expect(window.locator("[data-keep]")).to_be_focused()
    shown = window.get_by_role("button", name="Withdraw CPAP-26A-K7Q2").is_visible()

    window.keyboard.press("Escape")

    assert (shown, window.get_by_role("button", name="Withdraw CPAP-26A-K7Q2").is_visible()) == (True, False)
    assert ask.evaluate("e => e === document.activeElement")


def test_menu_of_a_phone_opens_and_shuts_by_keyboard(window: Page) -> None:
    window.set_viewport_size({"width": 390, "height": 800})
    ready(window, "/desk")
    link, menu = window.get_by_role("link", name="Moderation", exact=True), window.get_by_role("button", name="Menu")
    before = link.is_visible()

    menu.press("Enter")
    opened = link.is_visible()
    window.keyboard.press("Escape")

    assert (before, opened, link.is_visible()) == (False, True, False)


@pytest.mark.parametrize(("typed", "asked"), [("", []), ("something", ["beforeunload"])])
def test_leaving_asks_only_when_something_is_unsent(window: Page, typed: str, asked: list[str]) -> None:
    ready(window, "/form")
    dialogs: list[str] = []

    def agree(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    window.on("dialog", agree)
    window.locator("#who").press_sequentially(typed)

    window.get_by_role("link", name="Desk", exact=True).click()
    window.wait_for_url("**/desk")

    assert dialogs == asked


def test_narrow_score_sheet_shows_one_pane_at_a_time(window: Page) -> None:
    window.set_viewport_size({"width": 390, "height": 800})
    ready(window, "/sheet")
    evidence, rubric = window.locator("#evidence"), window.locator("#rubric")
    first = (evidence.is_visible(), rubric.is_visible())

    window.get_by_role("button", name="Evidence", exact=True).press("Enter")

    assert (first, (evidence.is_visible(), rubric.is_visible())) == ((False, True), (True, False))


def test_after_a_partial_update_the_focus_is_on_the_next_action(window: Page) -> None:
    ready(window, "/desk")
    window.evaluate("""async () => {
        const place = document.querySelector('main');
        (await import('/static/behaviours/autofocus-next.js')).default(place);
        place.innerHTML = '<div id="part"><button data-next id="next">Accept</button></div>';
        place.dispatchEvent(new CustomEvent('htmx:afterSettle', { detail: { elt: document.getElementById('part') } }));
    }""")

    assert window.evaluate(FOCUSED) == "next"


def test_numbers_of_a_table_stand_left_with_the_text_where_it_folds(window: Page) -> None:
    align = "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
    ready(window, "/parts")
    wide = window.locator(".fold td.num").evaluate_all(align)
    window.set_viewport_size({"width": 390, "height": 860})

    assert set(wide) == {"right"}
    assert set(window.locator(".fold td.num").evaluate_all(align)) == {"left"}
