"""Places, due dates, days away, the picture of the load, and the order in which members are offered for choice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.assignment.choice_rules import choices
from panel_app.assignment.load_rules import Load, load_picture
from panel_app.assignment.place_rules import HOW_IT_ENDED, TAKEN_STATES, WAITING_STATES, Places, away, due_for, places
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


@given(st.integers(1, 30), st.integers(-60, 60))
def test_a_sheet_is_never_due_before_its_offer_could_be_answered(days: int, until_due: int) -> None:
    due = due_for(NOON + timedelta(days=until_due), NOON, days)

    assert due >= NOON + timedelta(days=2 * days)
    assert due >= NOON + timedelta(days=until_due)


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
    assert str(even.sentence) == ("Members by number of portfolios. 1 has all places used, none has more than that.")
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
