"""The picture of the pace: cumulative, inside its frame, and the same as its table."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panel_app.coordination.rules.pace import BASE, WIDTH, pace

TODAY = date(2027, 2, 10)
DUE = date(2027, 2, 18)


def test_table_counts_up() -> None:
    counts = [(date(2027, 2, 3), 2), (date(2027, 2, 8), 5)]

    picture = pace(counts, 20, TODAY, DUE, title="Sheets", sentence="7 of 20")

    assert picture.pairs == (("3 Feb", 2), ("8 Feb", 7))
    assert picture.ahead is not None
    assert [mark.text for mark in picture.marks] == ["today", "due"]


def test_nothing_in_draws_no_line() -> None:
    picture = pace([], 20, TODAY, DUE, title="Sheets", sentence="0 of 20")

    assert (picture.done, picture.ahead, picture.pairs) == (None, None, ())


def test_everything_in_draws_no_outlook() -> None:
    assert pace([(TODAY, 20)], 20, TODAY, DUE, title="Sheets", sentence="all").ahead is None


def test_words_that_would_overlap_are_left_out() -> None:
    counts = [(TODAY - timedelta(days=30), 1)]

    picture = pace(counts, 20, TODAY, TODAY + timedelta(days=1), title="Sheets", sentence="1 of 20")

    assert [mark.text for mark in picture.marks] == ["due"]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=12), st.integers(0, 200))
def test_lines_stay_inside_the_frame(given: list[tuple[int, int]], needed: int) -> None:
    counts = sorted({TODAY - timedelta(days=ago): number for ago, number in given}.items())

    picture = pace(counts, needed, TODAY, DUE, title="Sheets", sentence="x")

    for x, y in re.findall(r"([-\d.]+) ([-\d.]+)", f"{picture.done} {picture.ahead}"):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= BASE
