"""My reviews as a queue: an order that the member's own seed shuffles, sizes, minutes, and the next in one key."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.models import Assignment
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.scoring import a_saved_sheet, a_started_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading, transaction
from panel_app.scoring.models import ReviewSeed, SheetPace
from panel_app.scoring.queries.pace import paces
from panel_app.scoring.queries.reviews import next_review
from panel_app.scoring.queries.reviews import reviews as rows_of
from panel_app.scoring.rules.queue import minutes_worked, place_of, usual_minutes
from tests.scoring.papers import every_kind
from tests.scoring.places import Place, a_place
from tests.support.browsers import Window
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]
EVENING = datetime(2027, 1, 4, 21, 0, tzinfo=UTC)


def test_minutes_are_the_time_between_saves_without_pauses() -> None:
    saves = [EVENING + timedelta(minutes=at) for at in (0, 10, 25, 300, 305)]

    assert minutes_worked(saves) == 30
    assert minutes_worked(saves[:1]) == 1
    assert minutes_worked([]) == 1


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [([40, 41, 43, 44], None), ([40, 41, 43, 44, 90], 45), ([1, 1, 1, 1, 1], 5), ([], None)],
)
def test_expected_minutes_are_a_median_of_at_least_five(minutes: list[int], expected: int | None) -> None:
    assert usual_minutes(minutes) == expected


def test_two_seeds_give_two_orders_and_each_is_the_same_for_ever() -> None:
    keys = [f"key-{at}" for at in range(20)]
    first, second = (sorted(keys, key=lambda key, seed=seed: place_of(seed, key)) for seed in ("a", "b"))  # type: ignore[misc]

    assert first != second
    assert first == sorted(keys, key=lambda key: place_of("a", key))


@pytest.mark.both_databases
def test_equal_dates_stand_in_an_order_that_the_recorded_seed_gives(app: object) -> None:
    place = a_place()
    places = [place, *(a_place(place.round_, place.member) for _ in range(4))]
    seeds = reading().scalars(select(ReviewSeed).filter_by(member_id=place.member.member_id)).all()

    keys = [row.key for row in rows_of(place.member.member_id)]

    assert len(seeds) == 1
    assert keys == sorted((each.key for each in places), key=lambda key: place_of(seeds[0].seed, key))


@pytest.mark.both_databases
def test_next_is_the_one_after_this_and_never_this(app: object) -> None:
    place = a_place()
    for _ in range(2):
        a_place(place.round_, place.member)
    keys = [row.key for row in rows_of(place.member.member_id)]

    walked = [next_review(place.member.member_id, after) for after in ("", *keys)]

    assert walked == [keys[0], *keys[1:], keys[0]]
    assert next_review(a_member(place.round_).member_id) is None


@pytest.mark.both_databases
def test_a_first_submission_keeps_its_minutes_and_a_later_one_changes_nothing(place: Place) -> None:
    with clock.pinned(EVENING):
        a_saved_sheet(place.key, criteria=1)
    with clock.pinned(EVENING + timedelta(minutes=20)):
        a_submitted_sheet(place.key)

    assert [pace.minutes for pace in reading().scalars(select(SheetPace))] == [20]


def keep_paces(round_place: Place, minutes: list[int]) -> None:
    """Sheets of others on portfolios of their own that took so long."""
    for each in minutes:
        other = a_place(round_place.round_)
        with transaction() as db:
            found = db.execute(select(Assignment.id).filter_by(key=other.key)).scalar_one()
            db.add(SheetPace(assignment_id=found, minutes=each))


@pytest.mark.both_databases
def test_the_panel_s_pace_leaves_out_portfolios_on_which_the_member_has_a_part(app: object) -> None:
    place = a_place()
    keep_paces(place, [30, 30, 30, 30])
    fellow = a_place(place.round_, None, place.portfolio)
    part_id = rows_of(place.member.member_id)[0].part_id
    with transaction() as db:
        mate = db.execute(select(Assignment.id).filter_by(key=fellow.key)).scalar_one()
        db.add(SheetPace(assignment_id=mate, minutes=500))
    blind = paces(place.member.member_id, [part_id])[part_id]

    keep_paces(place, [40])

    assert blind.panel is None
    assert paces(place.member.member_id, [part_id])[part_id].panel == 30


def test_the_list_shows_size_what_is_left_and_minutes_and_one_s_own_pace_to_oneself(app: object, visit: Visit) -> None:
    place = a_place(evidence=every_kind())
    a_saved_sheet(place.key, criteria=2)
    keep_paces(place, [50, 50, 55, 60, 60])

    page = visit(place.actor).get("/reviews")

    assert "6 files, 8 pages" in page.main
    assert "2 of 6" in page.main
    assert "4 are left" in page.main
    assert "55 min" in page.main
    assert "you:" not in page.main


def test_one_s_own_pace_is_told_to_oneself_alone(app: object, visit: Visit) -> None:
    place = a_place()
    portfolio = an_admitted_portfolio(place.round_)
    a_place(place.round_, None, portfolio)
    for _ in range(2):
        done = a_place(place.round_, place.member)
        with clock.pinned(clock.now() + timedelta(minutes=1)):
            a_submitted_sheet(done.key)

    mine = visit(place.actor).get("/reviews")
    theirs = visit(a_place(place.round_).actor).get("/reviews")

    assert "you: 5 min" in mine.main
    assert "min" not in theirs.main.replace("Tell the reminder", "")


def test_an_unknown_parameter_of_the_next_one_is_refused(place: Place, visit: Visit) -> None:
    assert visit(place.actor).get("/reviews/next?sort=score", 400).status == 400
    assert visit(place.actor).get("/reviews/next").path == f"/reviews/{place.key}"
    assert visit(place.actor).get(f"/reviews/next?after={place.key}").path == "/reviews"


@pytest.mark.browser
def test_n_opens_the_next_review_unless_keys_are_off(place: Place, window: Window) -> None:
    page = window(place.actor)
    page.goto("/reviews")
    page.wait_for_selector("html[data-ready=all]")
    page.evaluate("localStorage.setItem('panel:keys', 'off')")
    page.keyboard.press("n")
    expect(page).to_have_title("My reviews · panel")

    page.evaluate("localStorage.removeItem('panel:keys')")
    page.keyboard.press("n")

    expect(page).to_have_title(f"Score sheet {place.portfolio.reference} · panel")


def test_starting_changes_no_order(place: Place) -> None:
    before = [row.key for row in rows_of(place.member.member_id)]
    more = a_place(place.round_, place.member)
    a_started_sheet(more.key)

    after = [row.key for row in rows_of(place.member.member_id)]

    assert [key for key in after if key in before] == before
