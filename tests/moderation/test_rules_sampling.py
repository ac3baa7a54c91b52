"""Sampling: what must be seen is, and a random share of clear passes is spread over assessors."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.moderation.rules import Judged, Result, SampledFor, Share, sample

TENTH = Share(Fraction(1, 10), at_least_root=True)
JUDGED = st.lists(
    st.builds(
        lambda result, borderline, assessors: (result, borderline, frozenset(assessors)),
        st.sampled_from(Result),
        st.booleans(),
        st.sets(st.sampled_from("abcdef"), min_size=2, max_size=2),
    ),
    max_size=40,
).map(lambda rows: [Judged(f"p{place:02}", *row) for place, row in enumerate(rows)])


def passes(count: int, assessors: str = "ab") -> list[Judged]:
    """Clear passes by the same assessors."""
    return [Judged(f"{assessors}{place:02}", Result.PASS, False, frozenset(assessors)) for place in range(count)]


@pytest.mark.parametrize(
    ("size", "share"), [(0, 0), (1, 1), (24, 5), (25, 5), (26, 6), (100, 10), (101, 11), (400, 40)]
)
def test_share_is_the_larger_of_a_tenth_and_the_square_root_rounded_up(size: int, share: int) -> None:
    assert TENTH.of(size) == share


@pytest.mark.parametrize(("size", "share"), [(0, 0), (1, 1), (24, 3), (100, 10), (101, 11)])
def test_share_of_a_round_without_the_root_is_its_part_alone(size: int, share: int) -> None:
    alone = Share(Fraction(1, 10), at_least_root=False)

    assert (alone.of(size), len(sample(passes(size), alone, Random(1)))) == (share, share)


def test_fails_refers_and_borderline_ones_are_always_in() -> None:
    judged = [
        Judged("f", Result.FAIL, True, frozenset("ab")),
        Judged("r", Result.REFER, False, frozenset("ab")),
        Judged("b", Result.PASS, True, frozenset("ab")),
    ]

    assert sample(judged, TENTH, Random(1)) == {
        "f": SampledFor.FAIL,
        "r": SampledFor.REFER,
        "b": SampledFor.BORDERLINE,
    }


def test_drawn_ones_are_spread_over_assessors() -> None:
    judged = [*passes(20, "ab"), *passes(3, "cd"), *passes(3, "ef")]

    drawn = sample(judged, TENTH, Random(3))

    assert Counter(key[:2] for key in drawn) == {"ab": 2, "cd": 2, "ef": 2}


@given(JUDGED, st.integers())
def test_sample_holds_what_is_due_and_as_many_clear_passes_as_the_share(judged: list[Judged], seed: int) -> None:
    drawn = sample(judged, TENTH, Random(seed))

    due = {one.key for one in judged if one.result is not Result.PASS or one.borderline}
    at_random = {key for key, reason in drawn.items() if reason is SampledFor.RANDOM}
    assert set(drawn) - at_random == due
    assert len(at_random) == min(TENTH.of(len(judged)), len(judged) - len(due))


@given(JUDGED, st.integers())
def test_same_seed_draws_the_same_sample_in_any_order_of_portfolios(judged: list[Judged], seed: int) -> None:
    assert sample(judged, TENTH, Random(seed)) == sample(judged[::-1], TENTH, Random(seed))
