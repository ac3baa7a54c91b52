"""Findings: their fingerprint, their states, and what they add up to."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.conflicts.rules import (
    FINDING,
    NOT_INDEPENDENT,
    FindingAct,
    FindingState,
    Independence,
    Strength,
    acts_for,
    fingerprint,
    first_state,
    found_again,
    independence,
    not_found_again,
    strongest,
    weakest,
)
from panel_app.foundation.states import NotFromHere

FACTS = st.sets(st.text(max_size=8), max_size=4)


@pytest.mark.parametrize(("state", "act"), [pair for pair in FINDING.pairs() if pair not in FINDING.moves])
def test_every_pair_outside_the_table_is_refused(state: FindingState, act: FindingAct) -> None:
    with pytest.raises(NotFromHere):
        FINDING.after(act, state)


@given(FACTS)
def test_fingerprint_does_not_depend_on_order(facts: set[str]) -> None:
    marks = {fingerprint("kind", Strength.DECISION, order) for order in list(permutations(sorted(facts)))[:24]}

    assert len(marks) == 1
    assert len(marks.pop()) == 64


@given(FACTS, FACTS)
def test_fingerprints_are_equal_only_for_equal_facts(one: set[str], other: set[str]) -> None:
    same = fingerprint("kind", Strength.NOTE, one) == fingerprint("kind", Strength.NOTE, other)

    assert same is (one == other)


def test_fingerprint_tells_kinds_and_strengths_apart() -> None:
    marks = {fingerprint(kind, strength, ["a"]) for kind in ("one", "two") for strength in Strength}

    assert len(marks) == 6


@pytest.mark.parametrize(
    ("strength", "state"),
    [
        (Strength.BARRED, FindingState.STANDING),
        (Strength.DECISION, FindingState.OPEN),
        (Strength.NOTE, FindingState.NOTED),
    ],
)
def test_new_finding_stands_where_its_strength_puts_it(strength: Strength, state: FindingState) -> None:
    assert first_state(strength) is state


def test_dismissed_finding_stays_dismissed_until_its_facts_change() -> None:
    dismissed = FindingState.DISMISSED

    assert found_again(dismissed, Strength.DECISION, same_facts=True) is dismissed
    assert not_found_again(dismissed) is dismissed
    assert found_again(dismissed, Strength.DECISION, same_facts=False) is FindingState.OPEN
    assert found_again(dismissed, Strength.BARRED, same_facts=False) is FindingState.STANDING


def test_finding_whose_facts_are_gone_is_superseded_and_begins_anew_when_they_return() -> None:
    gone = not_found_again(FindingState.STANDING)

    assert gone is FindingState.SUPERSEDED
    assert not_found_again(gone) is gone
    assert found_again(gone, Strength.DECISION, same_facts=True) is FindingState.OPEN


def test_open_finding_with_other_facts_takes_the_place_of_its_new_strength() -> None:
    assert found_again(FindingState.OPEN, Strength.BARRED, same_facts=False) is FindingState.STANDING
    assert found_again(FindingState.OPEN, Strength.DECISION, same_facts=False) is FindingState.OPEN


def test_coordinator_decides_open_findings_and_never_what_bars_a_pair() -> None:
    assert acts_for(FindingState.OPEN, Strength.DECISION) == (FindingAct.UPHOLD, FindingAct.DISMISS)
    assert acts_for(FindingState.STANDING, Strength.DECISION) == (FindingAct.RECONSIDER,)
    assert acts_for(FindingState.STANDING, Strength.BARRED) == ()
    assert acts_for(FindingState.NOTED, Strength.NOTE) == ()


def test_every_act_of_a_coordinator_needs_a_reason() -> None:
    decided = {act for state in FindingState for act in acts_for(state, Strength.DECISION)}

    assert {act for act in decided if not FINDING.acts[act].reason} == set()


@given(st.lists(st.sampled_from(FindingState)))
def test_pair_is_barred_by_one_standing_finding_undecided_by_an_open_one_else_free(states: list[FindingState]) -> None:
    answer = independence(states)

    assert (answer is Independence.BARRED) is (FindingState.STANDING in states)
    assert (answer is Independence.FREE) is not bool({FindingState.STANDING, FindingState.OPEN} & set(states))


def test_barred_member_reads_one_sentence_that_names_no_kind() -> None:
    assert str(NOT_INDEPENDENT) == (
        "You can't assess this portfolio, because the rules of independence don't allow it."
    )


def test_strengths_are_ordered() -> None:
    assert strongest([Strength.NOTE, Strength.BARRED]) is Strength.BARRED
    assert weakest([Strength.DECISION, Strength.BARRED]) is Strength.DECISION
