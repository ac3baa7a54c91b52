"""Numbers: exact in, printed in one way, never contradicting what was decided by them."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.numbers import checkable, exact, shown, written

MARKS = (Fraction(2), Fraction(9, 4), Fraction(5, 2), Fraction(11, 4))
VALUES = st.fractions(min_value=0, max_value=4, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "fraction"),
    [
        (2.5, Fraction(5, 2)),
        (0.1, Fraction(1, 10)),
        (2, Fraction(2)),
        ("0.75", Fraction(3, 4)),
        (1e-3, Fraction(1, 1000)),
    ],
)
def test_number_of_a_block_is_the_fraction_that_was_written(value: int | float | str, fraction: Fraction) -> None:
    assert exact(value) == fraction


@pytest.mark.parametrize("value", [True, "many", float("nan"), float("inf"), None])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"Invalid literal|yes or no"):
        exact(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2475, 1000), "2.475"),
        (Fraction(2425, 1000), "2.425"),
        (Fraction(5, 2), "2.50"),
        (Fraction(12, 5), "2.40"),
        (Fraction(7, 3), "2.333"),
        (Fraction(8, 3), "2.667"),
        (Fraction(0), "0.00"),
        (Fraction(4), "4.00"),
        (Fraction(-1, 40), "-0.025"),
        (Fraction(-1, 10**6), "0.00"),
        (Fraction(20005, 10000), "2.001"),
    ],
)
def test_figure_has_three_decimals_and_shows_at_least_two(value: Fraction, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(24996, 10000), "just below 2.5"),
        (Fraction(25004, 10000), "just above 2.5"),
        (Fraction(27504, 10000), "just above 2.75"),
        (Fraction(199999, 100000), "just below 2"),
        (Fraction(5, 2), "2.50"),
        (Fraction(2475, 1000), "2.475"),
        (Fraction(2499, 1000), "2.499"),
    ],
)
def test_figure_that_rounding_would_put_on_a_mark_says_on_which_side_it_is(value: Fraction, text: str) -> None:
    assert shown(value, MARKS) == text


def test_mark_finer_than_three_decimals_is_named_by_its_fraction() -> None:
    assert shown(Fraction(23332, 10000), [Fraction(7, 3)]) == "2.333"
    assert shown(Fraction(29999, 10000), [Fraction(299995, 100000)]) == "just below 59999/20000"
    assert shown(Fraction(7, 3), [Fraction(7, 3)]) == "2.333"


@given(VALUES)
def test_printed_figure_never_stands_on_another_side_of_a_mark_than_the_exact_one(value: Fraction) -> None:
    text = shown(value, MARKS)

    if text.startswith("just"):
        _, side, mark = text.split()
        assert (value < exact(mark)) is (side == "below")
        assert value != exact(mark)
    else:
        assert all((exact(text) < mark, exact(text) > mark) == (value < mark, value > mark) for mark in MARKS)


@given(VALUES)
def test_printed_figure_is_within_half_a_thousandth_and_has_two_or_three_decimals(value: Fraction) -> None:
    text = shown(value)

    assert abs(exact(text) - value) <= Fraction(1, 2000)
    assert len(text.partition(".")[2]) in {2, 3}


def test_limit_is_written_as_people_write_it() -> None:
    assert [written(Fraction(text)) for text in ("5/2", "2", "3/4", "7/3", "-1/2")] == [
        "2.5",
        "2",
        "0.75",
        "7/3",
        "-0.5",
    ]


def test_figure_to_reckon_with_keeps_the_fraction_where_decimals_do_not_end() -> None:
    assert checkable(Fraction(5, 2)) == "2.50"
    assert checkable(Fraction(7, 3)) == "7/3 (about 2.333)"
