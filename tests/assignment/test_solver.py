"""The solver: never breaks a constraint, always fills the most places, shares shortfalls and load."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel_app.assignment.problem import Member, PairKey, Portfolio, Problem
from panel_app.assignment.solver import Unsolved, solve

DOMAINS = st.frozensets(st.sampled_from(["PSF-1", "PSF-2", "PSF-3"]))


@st.composite
def problems(draw: st.DrawFn, most: int = 6) -> Problem:
    """Small problems with every kind of closed pair."""
    members = tuple(
        Member(f"m{number}", draw(st.integers(0, 3)), draw(DOMAINS), draw(st.integers(0, 2)))
        for number in range(draw(st.integers(0, most)))
    )
    keys = [member.key for member in members]
    held = st.frozensets(st.sampled_from(keys), max_size=2) if keys else st.just(frozenset[str]())
    portfolios = tuple(
        Portfolio(f"p{number}", draw(st.integers(0, 3)), draw(DOMAINS), draw(held))
        for number in range(draw(st.integers(0, most)))
    )
    pairs = [(member, portfolio.key) for member in keys for portfolio in portfolios]
    some = st.frozensets(st.sampled_from(pairs), max_size=6) if pairs else st.just(frozenset[PairKey]())
    return Problem(
        members,
        portfolios,
        barred=dict.fromkeys(draw(some), "Barred."),
        undecided=dict.fromkeys(draw(some), "Undecided."),
        asked=draw(some),
        scores={pair: draw(st.integers(0, 1000)) for pair in draw(some)},
    )


def most_places(problem: Problem) -> int:
    """The largest number of places that can be filled, by augmenting paths over single places: slow and plain."""
    seats = [(portfolio.key, place) for portfolio in problem.portfolios for place in range(portfolio.open_places)]
    chairs = [(member.key, place) for member in problem.members for place in range(member.room)]
    sits: dict[tuple[str, int], tuple[str, int]] = {}

    def allowed(chair: tuple[str, int], seat: tuple[str, int]) -> bool:
        others = {other for other, taken in sits.items() if taken[0] == seat[0] and taken != seat}
        return (chair[0], seat[0]) not in problem.closed_pairs and all(other[0] != chair[0] for other in others)

    def fill(left: list[tuple[str, int]]) -> int:
        if not left:
            return 0
        seat, rest = left[0], left[1:]
        best = fill(rest)
        for chair in chairs:
            if best == len(left):
                break
            if chair not in sits and allowed(chair, seat):
                sits[chair] = seat
                best = max(best, 1 + fill(rest))
                del sits[chair]
        return best

    return fill(seats)


@given(problems())
def test_plan_never_breaks_a_constraint(problem: Problem) -> None:
    plan = solve(problem)
    chosen = [(pair.member, pair.portfolio) for pair in plan.pairs]

    assert len(chosen) == len(set(chosen))
    assert not problem.closed_pairs & set(chosen)
    assert all(count <= problem.member[key].room for key, count in plan.loads.items())
    places = Counter(portfolio for _, portfolio in chosen)
    assert all(count <= problem.portfolio[key].open_places for key, count in places.items())


@given(problems())
def test_what_is_filled_and_what_is_missing_add_up_to_the_open_places(problem: Problem) -> None:
    plan = solve(problem)

    missing = sum(short.missing for short in plan.shortfalls)
    assert len(plan.pairs) + missing == sum(portfolio.open_places for portfolio in problem.portfolios)
    assert not any("free" in str(short) for short in plan.shortfalls)


@settings(deadline=None, max_examples=60)
@given(problems(most=3))
def test_plan_fills_as_many_places_as_can_be_filled(problem: Problem) -> None:
    assert len(solve(problem).pairs) == most_places(problem)


@given(problems(), st.randoms(use_true_random=False))
def test_plan_does_not_depend_on_the_order_of_the_problem(problem: Problem, random: Random) -> None:
    members, portfolios = list(problem.members), list(problem.portfolios)
    random.shuffle(members)
    random.shuffle(portfolios)

    assert solve(replace(problem, members=tuple(members), portfolios=tuple(portfolios))) == solve(problem)


def test_more_places_come_before_better_fit() -> None:
    expert = Member("expert", 1, frozenset({"PSF-1"}))
    other = Member("other", 1)
    wanting = Portfolio("p1", 1, frozenset({"PSF-1"}))
    picky = Portfolio("p2", 1)

    plan = solve(Problem((expert, other), (wanting, picky), barred={("other", "p2"): "Barred."}))

    assert [(pair.member, pair.portfolio) for pair in plan.pairs] == [("other", "p1"), ("expert", "p2")]


def test_domains_of_experience_decide_between_equal_loads() -> None:
    first = Member("a", 1, frozenset({"PSF-1"}))
    second = Member("b", 1, frozenset({"PSF-2"}))
    plan = solve(
        Problem((first, second), (Portfolio("p1", 1, frozenset({"PSF-2"})), Portfolio("p2", 1, frozenset({"PSF-1"}))))
    )

    assert [(pair.member, pair.portfolio) for pair in plan.pairs] == [("b", "p1"), ("a", "p2")]
    assert [str(pair.reason) for pair in plan.pairs] == ["Covers all of its domains (1); place 1 of 1."] * 2


def test_load_is_shared_in_proportion_to_capacity() -> None:
    members = (Member("a", 6), Member("b", 3), Member("c", 3))

    plan = solve(Problem(members, tuple(Portfolio(f"p{number}", 1) for number in range(8))))

    assert plan.loads == {"a": 4, "b": 2, "c": 2}


def test_shortfalls_are_shared_so_that_nobody_is_left_without_an_assessor() -> None:
    plan = solve(
        Problem((Member("a", 2), Member("b", 1)), (Portfolio("p1", 2), Portfolio("p2", 1), Portfolio("p3", 1)))
    )

    assert {pair.portfolio for pair in plan.pairs} == {"p1", "p2", "p3"}
    assert [(short.portfolio, str(short)) for short in plan.shortfalls] == [("p1", "1 member is full")]


def test_nobody_or_nothing_gives_an_empty_plan_with_its_shortfalls() -> None:
    assert solve(Problem((), ())).pairs == ()
    assert [short.missing for short in solve(Problem((), (Portfolio("p1", 2),))).shortfalls] == [2]


def test_figures_beyond_the_solvers_range_are_refused_aloud() -> None:
    problem = Problem((Member("a", 1),), (Portfolio("p1", 1),), scores={("a", "p1"): -(2**62)})

    with pytest.raises(Unsolved):
        solve(problem)
