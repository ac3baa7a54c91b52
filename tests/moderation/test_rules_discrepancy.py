"""The discrepancy rule and the triggers that stand on it."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.registry import Registry
from panel_app.foundation.states import NotFromHere
from panel_app.moderation.rules import (
    CASE,
    TRIGGERS,
    UNANSWERED_STATES,
    CaseAct,
    CaseFacts,
    CaseState,
    DecisionRule,
    DiscrepancyRule,
    FirstAnswer,
    Reason,
    Result,
    Sheet,
    Trigger,
    discrepancy,
    raised,
    trigger,
)

RULE = DiscrepancyRule.parse({"criterion_gap_at_least": 2, "mean_gap_at_least": 0.75, "split_decision": True})
DECISION = DecisionRule(Fraction(5, 2), Fraction(2), Fraction(2), 2, Result.FAIL, Fraction(1, 4))
WEIGHTS = {f"C{place}": Fraction(weight) for place, weight in enumerate((25, 25, 20, 15, 10, 5), 1)}
LEVELS = st.lists(st.integers(1, 4), min_size=6, max_size=6)


def sheet(label: str, *levels: int | None) -> Sheet:
    """A complete sheet with levels in the order of the criteria."""
    return Sheet(label, dict(zip(WEIGHTS, levels, strict=True)))


def facts(*sheets: Sheet) -> CaseFacts:
    """What triggers are given of some sheets."""
    return CaseFacts(DECISION, RULE, WEIGHTS, sheets)


def told(*sheets: Sheet) -> dict[str, str]:
    """Code → words of the discrepancy between some sheets."""
    return {reason.code: str(reason.words) for reason in discrepancy(RULE, DECISION, WEIGHTS, sheets)}


def test_gap_of_two_levels_on_a_criterion_is_told() -> None:
    assert told(sheet("A", 4, 3, 3, 3, 3, 3), sheet("B", 2, 3, 3, 3, 3, 3)) == {
        "criterion_gap:C1": "C1: levels 4, 2, a gap of 2 (limit 2).",
    }


def test_gap_of_means_at_the_limit_is_told_and_one_below_is_not() -> None:
    at_limit = told(sheet("A", 4, 4, 4, 3, 4, 3), sheet("B", 3, 3, 3, 3, 3, 4))

    assert at_limit == {"mean_gap": "Weighted means 3.80, 3.05, a gap of 0.75 (limit 0.75)."}
    assert told(sheet("A", 4, 4, 3, 4, 3, 4), sheet("B", 3, 3, 3, 3, 3, 3)) == {}


def test_sheets_on_different_sides_of_a_cut_are_told() -> None:
    assert told(sheet("A", 3, 3, 2, 2, 2, 2), sheet("B", 2, 3, 3, 2, 2, 2)) == {
        "split_decision": "The sheets alone give different results: A: pass; B: refer.",
    }


def test_split_counts_only_when_the_rubric_says_so() -> None:
    pair = (sheet("A", 3, 3, 2, 2, 2, 2), sheet("B", 2, 3, 3, 2, 2, 2))

    assert discrepancy(replace(RULE, split_decision=False), DECISION, WEIGHTS, pair) == ()


def test_incomplete_sheet_makes_no_discrepancy() -> None:
    assert told(sheet("A", 4, 4, 4, 4, 4, 4), sheet("B", 1, 1, 1, 1, 1, None)) == {}


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"criterion_gap_at_least": 2, "mean_gap_at_least": 1}, "missing or surplus entries: split_decision"),
        ({"criterion_gap_at_least": 2, "mean_gap_at_least": 1, "split_decision": 1}, "true or false"),
        ({"criterion_gap_at_least": 0, "mean_gap_at_least": 1, "split_decision": True}, "more than 0"),
        ({"criterion_gap_at_least": True, "mean_gap_at_least": 1, "split_decision": True}, "not yes or no"),
    ],
)
def test_wrong_block_is_refused(block: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        DiscrepancyRule.parse(block)


@given(LEVELS)
def test_one_sheet_and_equal_sheets_never_disagree(levels: list[int]) -> None:
    assert told(sheet("A", *levels)) == {}
    assert told(sheet("A", *levels), sheet("B", *levels)) == {}


@given(LEVELS, LEVELS)
def test_order_of_sheets_does_not_change_the_reasons(one: list[int], other: list[int]) -> None:
    there = told(sheet("A", *one), sheet("B", *other))
    back = told(sheet("B", *other), sheet("A", *one))

    assert there.keys() == back.keys()


@given(LEVELS, LEVELS)
def test_triggers_for_a_third_assessor_find_exactly_the_discrepancy(one: list[int], other: list[int]) -> None:
    pair = (sheet("A", *one), sheet("B", *other))

    found = raised(facts(*pair), only={"discrepancy", "split_decision"})

    assert {raising.reason for raising in found} == set(discrepancy(RULE, DECISION, WEIGHTS, pair))
    assert {raising.first for raising in found} <= {FirstAnswer.THIRD}


def test_every_trigger_of_the_house_is_there_with_a_text_for_its_page() -> None:
    assert {kind.name: kind.first for kind in TRIGGERS} == {
        "borderline": FirstAnswer.MODERATOR,
        "cannot_judge": FirstAnswer.THIRD,
        "discrepancy": FirstAnswer.THIRD,
        "split_decision": FirstAnswer.THIRD,
    }
    assert TRIGGERS["borderline"].text == "The weighted mean lies within the band around the pass mark."


def test_split_and_borderline_portfolio_raises_both() -> None:
    found = raised(facts(sheet("A", 3, 3, 2, 2, 2, 2), sheet("B", 2, 3, 3, 2, 2, 2)))

    assert [(raising.trigger, str(raising.reason.words)) for raising in found] == [
        ("borderline", "The mean 2.475 is within 0.25 of the pass mark 2.5."),
        ("split_decision", "The sheets alone give different results: A: pass; B: refer."),
    ]


def test_single_sheet_is_not_borderline_yet() -> None:
    assert raised(facts(sheet("A", 3, 3, 2, 2, 2, 2))) == ()


def test_clear_pass_raises_nothing() -> None:
    assert raised(facts(sheet("A", 3, 3, 3, 3, 3, 3), sheet("B", 3, 3, 3, 3, 3, 4))) == ()


def test_moderators_levels_move_the_mean_that_borderline_looks_at() -> None:
    pair = facts(sheet("A", 3, 3, 2, 3, 2, 2), sheet("B", 3, 3, 2, 3, 2, 2))

    assert [raising.trigger for raising in raised(pair)] == ["borderline"]
    assert raised(replace(pair, moderator_levels={"C1": 4})) == ()


def test_sheet_that_cannot_judge_is_told_with_its_criteria() -> None:
    found = raised(facts(sheet("A", 3, 3, 3, 3, 3, 3), sheet("B", 3, None, 3, 3, 3, None)))

    assert [(raising.reason.code, str(raising.reason.words)) for raising in found] == [
        ("cannot_judge:B", "Sheet B can't judge C2, C6, so it enters no mean."),
    ]


@pytest.fixture
def dummy_trigger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A trigger in a temporary module."""
    (tmp_path / "dummy_kind_of_trigger.py").write_text(
        "from panel_app.foundation.words import sentence\n"
        "from panel_app.moderation.rules import Reason, trigger\n"
        "@trigger('dummy')\n"
        "def dummy(facts):\n"
        "    '''Always raised.'''\n"
        "    return (Reason('dummy', sentence('Raised.')),)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import_module("dummy_kind_of_trigger")
    yield "dummy"
    TRIGGERS.remove("dummy")
    sys.modules.pop("dummy_kind_of_trigger")


def test_one_new_file_is_at_work_with_its_text(dummy_trigger: str) -> None:
    found = raised(facts(sheet("A", 3, 3, 3, 3, 3, 3)))

    assert [(raising.trigger, str(raising.reason.words)) for raising in found] == [(dummy_trigger, "Raised.")]
    assert TRIGGERS[dummy_trigger].text == "Always raised."


def test_double_name_and_missing_docstring_stop_the_import() -> None:
    registry: Registry[Trigger] = Registry("moderation trigger")

    def known(facts: CaseFacts) -> tuple[Reason, ...]:
        """Known."""
        return ()

    def silent(facts: CaseFacts) -> tuple[Reason, ...]:
        return ()

    trigger("known", registry=registry)(known)

    with pytest.raises(ValueError, match="two moderation triggers are called 'known'"):
        trigger("known", registry=registry)(known)
    with pytest.raises(ValueError, match="needs a docstring"):
        trigger("silent", registry=registry)(silent)


@pytest.mark.parametrize(("state", "act"), [pair for pair in CASE.pairs() if pair not in CASE.moves])
def test_every_pair_outside_the_table_is_refused(state: CaseState, act: CaseAct) -> None:
    with pytest.raises(NotFromHere):
        CASE.after(act, state)


def test_unanswered_states_are_those_that_wait_on_someone() -> None:
    assert {state for state, _ in CASE.waiting()} == UNANSWERED_STATES
    assert CASE.ends == {CaseState.CLOSED}
