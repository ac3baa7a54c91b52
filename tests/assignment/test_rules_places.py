"""Places, due dates, days away, the picture of the load, and the order in which members are offered for choice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.assignment.choice_rules import choices
from panel_app.assignment.load_rules import Load, load_picture
from panel_app.assignment.place_rules import (
    HOW_IT_ENDED,
    TAKEN_STATES,
    WAITING_STATES,
    Places,
    RoundDates,
    answer_by,
    away,
    due_for,
    places,
    thirds_wanted,
)
from panel_app.assignment.problem import Member, Pair, Plan, Portfolio, Problem, broken_pairs, check_offer
from panel_app.assignment.rules import ENDED_STATES, LIVE_STATES, AssignmentState
from panel_app.foundation.words import Sentence

S = AssignmentState
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def test_every_live_state_is_taken_or_waiting_and_every_end_has_its_words() -> None:
    assert TAKEN_STATES | WAITING_STATES == LIVE_STATES
    assert not TAKEN_STATES & WAITING_STATES
    assert HOW_IT_ENDED.keys() == ENDED_STATES


@pytest.mark.parametrize(
    ("states", "is_full", "to_offer"),
    [
        ([], False, 2),
        ([S.OFFERED], False, 1),
        ([S.SUBMITTED, S.SUBMITTED, S.OFFERED], True, 0),
        ([S.SCORING, S.SUSPENDED], False, 0),
        ([S.DECLINED, S.EXPIRED, S.ACCEPTED], False, 1),
    ],
)
def test_what_is_needed_counts_and_not_what_was_ever_offered(
    states: list[AssignmentState], is_full: bool, to_offer: int
) -> None:
    found = places(2, states)

    assert (found.is_full, found.to_offer) == (is_full, to_offer)


@given(st.integers(0, 5), st.lists(st.sampled_from(list(S))))
def test_nobody_is_looked_for_where_everyone_agreed(needed: int, states: list[AssignmentState]) -> None:
    found: Places = places(needed, states)

    assert found.to_offer == 0 if found.is_full else found.to_offer <= needed


def dates_of(scoring_due: timedelta, *, scoring: timedelta, release: timedelta) -> RoundDates:
    """A round whose sheets are due `scoring_due` from NOON, `scoring` after its close, `release` before its release."""
    due = NOON + scoring_due
    return RoundDates(due - scoring, due, due + release)


@given(st.integers(1, 30), st.integers(-60, 60), st.integers(1, 60), st.integers(1, 60))
def test_no_date_of_an_offer_lies_after_the_next_one(days: int, until_due: int, scoring: int, release: int) -> None:
    dates = dates_of(timedelta(days=until_due), scoring=timedelta(days=scoring), release=timedelta(days=release))

    due = due_for(dates, NOON, days)

    assert NOON < answer_by(NOON, days, due) < due
    assert due >= dates.scoring_due_at
    # Half of a late assessor's time, at least, lies before the release; where it doesn't, the sheet is due after it.
    given_time = min(timedelta(days=2 * days), timedelta(days=scoring) / 2)
    assert due <= dates.release_at or dates.release_at < NOON + given_time / 2


MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("until_due", "until_release", "due", "answer"),
    [
        (20, 26, 20, 10),
        (6, 12, 10, 5),
        (2, 8, 8, 4),
        (-2, 4, 10, 5),
    ],
)
def test_a_round_of_minutes_gives_minutes(until_due: int, until_release: int, due: int, answer: int) -> None:
    release = (until_release - until_due) * MINUTES
    dates = dates_of(until_due * MINUTES, scoring=20 * MINUTES, release=release)

    found = due_for(dates, NOON, 5)

    assert (found, answer_by(NOON, 5, found)) == (NOON + due * MINUTES, NOON + answer * MINUTES)


def test_a_reopened_sheet_keeps_its_own_later_day() -> None:
    dates = dates_of(timedelta(days=-3), scoring=timedelta(days=28), release=timedelta(days=60))
    own = NOON + timedelta(days=20)

    assert due_for(dates, NOON, 5, own) == own


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, None),
        (date(2027, 1, 1), date(2027, 1, 4), "away until 4 Jan 2027"),
        (date(2027, 1, 5), date(2027, 1, 19), None),
        (date(2027, 1, 20), date(2027, 2, 1), "away until 1 Feb 2027"),
        (date(2027, 1, 10), None, "away until further notice"),
        (None, date(2027, 1, 4), "away until 4 Jan 2027"),
    ],
)
def test_days_away_bar_where_they_meet_the_offer_or_the_due_date(
    first: date | None, last: date | None, words: str | None
) -> None:
    found = away(first, last, (date(2027, 1, 4), date(2027, 1, 20)))

    assert (words is None) if found is None else words is not None and words in str(found)


def test_load_has_a_bar_for_every_number_and_says_who_has_too_many() -> None:
    even = load_picture([Load(0, 2), Load(2, 2), Load(2, 3)])
    over = load_picture([Load(3, 2)])

    assert even.pairs == (("0", 1), ("1", 0), ("2", 2))
    assert [bar.height for bar in even.bars] == [48, 0, 96]
    assert str(even.sentence) == ("Members by number of portfolios. 1 has no place left.")
    assert "1 would have more than their places" in str(over.sentence)


def test_load_of_nobody_is_an_empty_picture() -> None:
    assert load_picture([]).pairs == (("0", 0),)


def test_many_numbers_are_labelled_sparsely() -> None:
    picture = load_picture([Load(40, 50)])

    assert [bar.text for bar in picture.bars][:5] == ["0", "", "", "", "4"]
    assert all(bar.width >= 2 for bar in picture.bars)


PLACE = Portfolio("p", places=2, domains=frozenset({"PSF-1"}))
GOOD = Member("good", capacity=2, domains=frozenset({"PSF-1"}))
BUSY = replace(GOOD, key="busy", load=1)
FULL = replace(GOOD, key="full", load=2)
AWAY = replace(GOOD, key="away", out=Sentence("This member is away."))
BARRED = replace(GOOD, key="barred")
PROBLEM = Problem((AWAY, BARRED, BUSY, FULL, GOOD), (PLACE,), barred={("barred", "p"): "An interest."}, fairness=200)


def test_choices_put_the_best_first_and_those_who_can_not_be_asked_last() -> None:
    found = choices(replace(PROBLEM, asked=frozenset({("good", "p")})), Plan(), "p")

    assert [(each.member, each.asked) for each in found] == [
        ("busy", False), ("good", True), ("away", False), ("barred", False), ("full", False),
    ]  # fmt: skip
    assert [str(each.why_not)[:20] for each in found if each.why_not] == [
        "This member is away.", "This pair is barred:", "This member is full:",
    ]  # fmt: skip


def test_choices_count_the_draft_and_leave_out_who_has_the_place() -> None:
    plan = Plan((Pair("busy", "other", Sentence("")), Pair("good", "p", Sentence(""))))

    found = {each.member: each.why_not for each in choices(PROBLEM, plan, "p")}

    assert "good" not in found
    assert str(found["busy"]).startswith("This member is full")


def test_an_offer_goes_to_whom_nothing_speaks_against() -> None:
    assert check_offer(PROBLEM, "good", "p") is None
    assert str(check_offer(PROBLEM, "full", "p")).startswith("This member is full")
    assert str(check_offer(PROBLEM, "away", "p")) == "This member is away."


def test_broken_pairs_of_a_plan_are_found_each_with_its_reason() -> None:
    pairs = [("good", "p"), ("barred", "p"), ("full", "p"), ("busy", "p"), ("good2", "p"), ("good", "gone")]
    problem = replace(PROBLEM, members=(*PROBLEM.members, replace(GOOD, key="more")))

    found = broken_pairs(problem, [*pairs, ("more", "p")])

    assert [(each.member, str(each.why)[:24]) for each in found] == [
        ("barred", "This pair is barred: An "),
        ("full", "This member is full: 2 o"),
        ("good2", "This member left the pan"),
        ("good", "This member left the pan"),
        ("more", "All 2 places of this por"),
    ]


@pytest.mark.parametrize(
    ("states", "wanted"),
    [
        ([], 0),
        ([S.OFFERED], 1),
        ([S.DECLINED], 1),
        ([S.DECLINED, S.SUBMITTED], 1),
        ([S.SUBMITTED, S.OFFERED], 2),
        ([S.SUBMITTED, S.DECLINED], 2),
        ([S.SUBMITTED, S.SUBMITTED], 2),
        ([S.OFFERED, S.RECALLED], 1),
        ([S.CLOSED], 0),
        ([S.SUBMITTED, S.CLOSED], 1),
    ],
)
def test_another_third_is_wanted_only_where_one_was_asked_after_the_last_sheet(
    states: list[AssignmentState], wanted: int
) -> None:
    assert thirds_wanted(states) == wanted
