"""The decision rule: exact, by worked examples and by property."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.numbers import shown
from panel_app.moderation.rules import (
    Decision,
    DecisionRule,
    EmptyRefer,
    NotDecidable,
    Result,
    Sheet,
    decide,
    settled,
    values,
    weighted_mean,
    without_struck,
)

BLOCK = json.loads(
    '{"pass": {"weighted_mean_at_least": 2.5, "no_criterion_below": 2},'
    ' "refer": {"weighted_mean_at_least": 2.0, "max_criteria_below": 2},'
    ' "otherwise": "fail", "borderline_band": 0.25, "counted_sheets": "all"}'
)
RULE = DecisionRule.parse(BLOCK)
WEIGHTS = {f"C{place}": Fraction(weight) for place, weight in enumerate((25, 25, 20, 15, 10, 5), 1)}
LEVELS = st.lists(st.integers(1, 4), min_size=6, max_size=6)


def sheet(label: str, *levels: int | None, complete: bool = True) -> Sheet:
    """A sheet with levels in the order of the criteria."""
    return Sheet(label, dict(zip(WEIGHTS, levels, strict=True)), complete)


def sheets(lists: list[list[int]]) -> tuple[Sheet, ...]:
    """Sheets A, B, C…"""
    return tuple(sheet(chr(65 + place), *levels) for place, levels in enumerate(lists))


def decided(*lists: list[int], moderator: Mapping[str, int] | None = None) -> Decision:
    """The decision on some complete sheets."""
    return decide(RULE, WEIGHTS, sheets(list(lists)), moderator)


def test_numbers_of_the_block_become_exact() -> None:
    expected = DecisionRule(
        pass_mark=Fraction(5, 2),
        floor=Fraction(2),
        refer_mark=Fraction(2),
        max_below=2,
        otherwise=Result.FAIL,
        band=Fraction(1, 4),
    )

    assert DecisionRule.parse(BLOCK) == expected


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"bonus": 1}, "missing or surplus entries: bonus"),
        ({"pass": {"weighted_mean_at_least": 2.5}}, "decision.pass: missing or surplus entries: no_criterion_below"),
        ({"pass": 2.5}, "decision.pass: an object is needed"),
        ({"borderline_band": "wide"}, "a number is needed"),
        ({"borderline_band": -1}, "a number is negative"),
        ({"refer": {"weighted_mean_at_least": 2, "max_criteria_below": 1.5}}, "a whole number"),
        ({"otherwise": "perhaps"}, "not a valid Result"),
        ({"counted_sheets": "best"}, "not a valid Counted"),
        ({"refer": {"weighted_mean_at_least": 3, "max_criteria_below": 2}}, "above the pass mark"),
    ],
)
def test_wrong_block_is_refused_with_what_is_wrong(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        DecisionRule.parse(BLOCK | changed)


def test_mean_just_short_of_the_mark_is_a_borderline_split_refer() -> None:
    decision = decided([3, 3, 2, 2, 2, 2], [2, 3, 3, 2, 2, 2])

    assert decision.mean == Fraction(2475, 1000)
    assert (decision.result, decision.borderline, decision.split) == (Result.REFER, True, True)
    assert decision.referred == ("C4", "C5", "C6")
    assert shown(decision.mean, RULE.marks) == "2.475"


def test_trace_tells_every_step_with_its_figures() -> None:
    decision = decided([3, 3, 2, 2, 2, 2], [2, 3, 3, 2, 2, 2])

    assert [str(line) for line in decision.trace] == [
        "1. C1 (weight 25): (3 + 2) / 2 = 2.50.",
        "2. C2 (weight 25): (3 + 3) / 2 = 3.00.",
        "3. C3 (weight 20): (2 + 3) / 2 = 2.50.",
        "4. C4 (weight 15): (2 + 2) / 2 = 2.00.",
        "5. C5 (weight 10): (2 + 2) / 2 = 2.00.",
        "6. C6 (weight 5): (2 + 2) / 2 = 2.00.",
        "7. Weighted mean: (25 × 2.5 + 25 × 3 + 20 × 2.5 + 15 × 2 + 10 × 2 + 5 × 2) / 100 = 2.475.",
        "8. The mean 2.475 is below the pass mark 2.5.",
        "9. The mean 2.475 reaches the refer mark 2.",
        "10. No criterion is below the floor of 2.",
        "11. Borderline: 0.025 from the pass mark 2.5, within the band of 0.25.",
        "12. Split decision, each sheet alone gives: A: pass; B: refer.",
        "13. Result: refer.",
        "14. To resubmit: C4, C5, C6.",
    ]


def test_trace_keeps_thirds_as_fractions_and_names_the_moderators_level() -> None:
    decision = decided([4, 3, 3, 3, 3, 3], [4, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 1], moderator={"C6": 2})
    lines = [str(line) for line in decision.trace]

    assert lines[0] == "1. C1 (weight 25): (4 + 4 + 3) / 3 = 11/3 (about 3.667)."
    assert lines[5] == "6. C6 (weight 5): the moderator set 2.00."
    assert lines[6] == (
        "7. Weighted mean: (25 × 11/3 + 25 × 3 + 20 × 3 + 15 × 3 + 10 × 3 + 5 × 2) / 100 = 187/60 (about 3.117)."
    )
    assert lines[10] == "11. Not borderline: 0.617 from the pass mark 2.5, beyond the band of 0.25."


@pytest.mark.parametrize(
    ("levels", "result", "referred"),
    [
        ([3, 3, 3, 3, 3, 3], Result.PASS, ()),
        ([3, 2, 3, 2, 2, 2], Result.REFER, ("C2", "C4", "C5", "C6")),
        ([2, 3, 2, 3, 3, 3], Result.PASS, ()),
        ([4, 4, 4, 4, 1, 1], Result.REFER, ("C5", "C6")),
        ([4, 4, 4, 1, 1, 1], Result.FAIL, ()),
        ([2, 2, 2, 2, 2, 2], Result.REFER, ("C1", "C2", "C3", "C4", "C5", "C6")),
        ([1, 2, 2, 2, 2, 2], Result.FAIL, ()),
    ],
)
def test_single_sheet_by_the_rule(levels: list[int], result: Result, referred: tuple[str, ...]) -> None:
    decision = decided(levels)

    assert (decision.result, decision.referred) == (result, referred)


def test_value_below_the_floor_refers_only_that_criterion_when_the_mean_passes() -> None:
    assert decided([4, 4, 4, 4, 1, 2]).referred == ("C5",)


def test_trace_names_what_is_below_the_floor_and_the_fail() -> None:
    lines = [str(line) for line in decided([1, 1, 1, 1, 1, 2]).trace]

    assert lines[7:] == [
        "8. The mean 1.05 is below the pass mark 2.5.",
        "9. The mean 1.05 is below the refer mark 2.",
        "10. Below the floor of 2: C1, C2, C3, C4, C5; a refer allows at most 2 below it.",
        "11. Not borderline: 1.45 from the pass mark 2.5, beyond the band of 0.25.",
        "12. Result: fail.",
    ]


def test_incomplete_and_set_aside_sheets_never_enter_a_figure() -> None:
    counts = sheet("A", 3, 3, 3, 3, 3, 3)
    unjudged = sheet("B", 1, None, 1, 1, 1, 1)
    aside = sheet("C", 1, 1, 1, 1, 1, 1, complete=False)
    short = Sheet("D", {"C1": 1})

    decision = decide(RULE, WEIGHTS, [counts, unjudged, aside, short])

    assert decision.counted == (counts,)
    assert decision.mean == 3


@pytest.mark.parametrize("given_sheets", [(), (sheet("A", 3, 3, 3, 3, 3, None),)])
def test_nothing_is_decidable_without_a_counted_sheet(given_sheets: tuple[Sheet, ...]) -> None:
    with pytest.raises(NotDecidable) as refused:
        decide(RULE, WEIGHTS, given_sheets, {"C1": 4})

    assert str(refused.value.sentence) == "No complete score sheet counts yet, so nothing can be decided."


def test_moderators_level_takes_the_place_of_the_mean_and_sheets_stay() -> None:
    pair = sheets([[2, 2, 3, 3, 3, 3], [2, 4, 3, 3, 3, 3]])

    decision = decide(RULE, WEIGHTS, pair, {"C2": 3, "X9": 1})

    assert decision.values["C2"] == 3
    assert decision.moderator_levels == {"C2": 3}
    assert [one.levels["C2"] for one in decision.counted] == [2, 4]


def test_weights_of_a_part_are_rescaled_within_it() -> None:
    part = {"A1": Fraction(8), "A9": Fraction(18)}

    assert weighted_mean(part, {"A1": Fraction(2), "A9": Fraction(4)}) == Fraction(88, 26)


@pytest.mark.parametrize("weights", [{}, {"C1": Fraction(0)}, {"C1": Fraction(-1), "C2": Fraction(2)}])
def test_mean_without_proper_weights_is_refused(weights: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="weights must not be negative"):
        weighted_mean(weights, dict.fromkeys(weights, Fraction(1)))


def test_final_result_of_several_parts_is_settled_from_their_values() -> None:
    decision = settled(RULE, {"A1": Fraction(90), "I1": Fraction(10)}, {"I1": Fraction(2), "A1": Fraction(5, 2)})

    assert (decision.result, decision.mean) == (Result.REFER, Fraction(49, 20))
    assert decision.referred == ("I1",)
    assert str(decision.trace[0]) == "1. A1 (weight 90): settled before as 2.50."


def test_board_may_strike_criteria_but_never_all() -> None:
    assert without_struck(("C1", "C4"), {"C1"}) == ("C4",)
    with pytest.raises(EmptyRefer) as refused:
        without_struck(("C1",), {"C1"})
    assert "at least one criterion" in str(refused.value.sentence)


@given(st.lists(LEVELS, min_size=1, max_size=3))
def test_means_and_values_lie_between_the_lowest_and_the_highest_level(lists: list[list[int]]) -> None:
    decision = decided(*lists)
    levels = [level for one in lists for level in one]

    assert min(levels) <= decision.mean <= max(levels)
    assert decision.values == values(WEIGHTS, sheets(lists))


@given(st.lists(LEVELS, min_size=1, max_size=3))
def test_order_of_sheets_and_scale_of_weights_change_nothing(lists: list[list[int]]) -> None:
    once = decided(*lists)
    again = decide(RULE, {key: weight / 7 for key, weight in WEIGHTS.items()}, tuple(reversed(sheets(lists))))

    assert (once.result, once.mean, once.values, once.split) == (again.result, again.mean, again.values, again.split)


@given(st.lists(LEVELS, min_size=1, max_size=3))
def test_refer_always_names_criteria_and_other_results_never_do(lists: list[list[int]]) -> None:
    decision = decided(*lists)

    assert bool(decision.referred) is (decision.result is Result.REFER)


@given(st.lists(LEVELS, min_size=1, max_size=3), st.integers(0, 5))
def test_higher_level_never_makes_a_result_worse(lists: list[list[int]], place: int) -> None:
    better = [list(one) for one in lists]
    better[0][place] = 4
    order = [Result.FAIL, Result.REFER, Result.PASS]

    assert order.index(decided(*better).result) >= order.index(decided(*lists).result)


@given(st.lists(LEVELS, min_size=1, max_size=3))
def test_shown_mean_never_contradicts_the_decision(lists: list[list[int]]) -> None:
    decision = decided(*lists)
    text = shown(decision.mean, RULE.marks)

    if not text.startswith("just"):
        assert (Fraction(text) >= RULE.pass_mark) is (decision.mean >= RULE.pass_mark)
        assert (abs(Fraction(text) - RULE.pass_mark) <= RULE.band) is decision.borderline


@given(LEVELS)
def test_equal_sheets_are_never_split_and_decide_like_one(levels: list[int]) -> None:
    one, two = decided(levels), decided(levels, levels)

    assert not two.split
    assert (one.result, one.mean) == (two.result, two.mean)


@given(st.lists(LEVELS, min_size=1, max_size=3))
def test_trace_is_numbered_from_one_and_has_all_its_figures(lists: list[list[int]]) -> None:
    lines = decided(*lists).trace

    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert not any("%(" in str(line) for line in lines)
