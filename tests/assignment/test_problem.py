"""Problems and plans: reasons in words, hand changes, and who comes next."""

from dataclasses import replace

import pytest

from panel_app.assignment.problem import (
    Member,
    Pair,
    Plan,
    Portfolio,
    Problem,
    check_pair,
    next_best,
    pair_reason,
    planned,
)

PORTFOLIO = Portfolio("p1", places=2, domains=frozenset({"PSF-3", "PSF-5", "PSF-7"}))
ASH = Member("ash", capacity=4, domains=frozenset({"PSF-3", "PSF-5"}))
BO = Member("bo", capacity=2, domains=frozenset({"PSF-1"}))
CY = Member("cy", capacity=2, domains=frozenset({"PSF-3", "PSF-5", "PSF-7", "PSF-8"}))
PROBLEM = Problem((ASH, BO, CY), (PORTFOLIO,), fairness=250)


@pytest.mark.parametrize(
    ("member", "place", "words"),
    [
        ("ash", 2, "Covers PSF-3, PSF-5; place 2 of 4."),
        ("bo", 1, "Covers none of its domains; place 1 of 2."),
        ("cy", 1, "Covers all of its domains (3); place 1 of 2."),
    ],
)
def test_reason_of_a_pair_tells_domains_and_place(member: str, place: int, words: str) -> None:
    assert str(pair_reason(PROBLEM, member, "p1", place)) == words


def test_places_in_a_plan_are_counted_on_from_the_load() -> None:
    problem = replace(PROBLEM, members=(replace(ASH, load=1),), portfolios=(PORTFOLIO, replace(PORTFOLIO, key="p2")))

    plan = planned(problem, [("ash", "p2"), ("ash", "p1")])

    assert [(pair.portfolio, str(pair.reason)) for pair in plan.pairs] == [
        ("p1", "Covers PSF-3, PSF-5; place 2 of 4."),
        ("p2", "Covers PSF-3, PSF-5; place 3 of 4."),
    ]


def test_shortfall_tells_how_many_are_barred_undecided_asked_and_full() -> None:
    members = tuple(Member(f"m{number}", capacity=1, load=int(number > 4)) for number in range(9))
    problem = Problem(
        members,
        (PORTFOLIO,),
        barred={("m0", "p1"): "One.", ("m1", "p1"): "Two."},
        undecided={("m2", "p1"): "Three."},
        asked=frozenset({("m3", "p1")}),
    )

    plan = planned(problem, [("m4", "p1")])

    assert [(short.portfolio, short.missing, str(short)) for short in plan.shortfalls] == [
        ("p1", 1, "2 members are barred, 1 member needs a decision, 1 member was asked before, 4 members are full"),
    ]


def test_shortfall_of_a_panel_too_small_or_a_plan_cut_by_hand_says_so() -> None:
    small = planned(Problem((ASH,), (PORTFOLIO,)), [("ash", "p1")])
    cut = planned(Problem((ASH, BO), (PORTFOLIO,)), [("ash", "p1")])

    assert [str(short) for short in small.shortfalls] == ["there are no more members"]
    assert [str(short) for short in cut.shortfalls] == ["1 member is free"]


def test_held_places_are_not_missing() -> None:
    held = replace(PORTFOLIO, held=frozenset({"bo"}))

    assert planned(replace(PROBLEM, portfolios=(held,)), [("cy", "p1")]).shortfalls == ()


def test_declined_place_goes_to_the_best_fit_that_is_left() -> None:
    plan = Plan((Pair("cy", "p1", pair_reason(PROBLEM, "cy", "p1", 1)),))

    assert next_best(PROBLEM, Plan(), "p1") == "cy"
    assert next_best(PROBLEM, plan, "p1") == "ash"
    assert next_best(PROBLEM, plan, "p1", without={"ash"}) == "bo"
    assert next_best(PROBLEM, plan, "p1", without={"ash", "bo"}) is None


def test_declined_place_never_goes_to_who_is_barred_undecided_asked_holding_or_full() -> None:
    people = tuple(Member(key, capacity=1) for key in ("barred", "undecided", "asked", "holding"))
    problem = Problem(
        (*people, Member("full", capacity=1, load=1), Member("proposed", capacity=1)),
        (replace(PORTFOLIO, held=frozenset({"holding"})), Portfolio("p2", 1)),
        barred={("barred", "p1"): "No."},
        undecided={("undecided", "p1"): "Perhaps."},
        asked=frozenset({("asked", "p1")}),
    )

    assert next_best(problem, planned(problem, [("proposed", "p2")]), "p1") is None


def test_of_two_equal_fits_the_less_loaded_comes_next() -> None:
    busy, idle = Member("a", capacity=4, load=3), Member("b", capacity=4)

    assert next_best(Problem((busy, idle), (PORTFOLIO,)), Plan(), "p1") == "b"


def test_fairness_says_how_much_fit_is_given_up_for_an_even_load() -> None:
    assert next_best(replace(PROBLEM, fairness=2000), Plan(), "p1") == "ash"


def test_given_score_takes_the_place_of_the_fit() -> None:
    assert next_best(replace(PROBLEM, scores={("bo", "p1"): 1000, ("cy", "p1"): 0}), Plan(), "p1") == "bo"


def test_hand_change_is_refused_with_the_reason_and_what_to_do() -> None:
    problem = replace(
        PROBLEM,
        members=(ASH, BO, CY, Member("full", capacity=1, load=1)),
        barred={("ash", "p1"): "Both give Acme Ltd as organisation."},
        undecided={("bo", "p1"): "Both have an e-mail address at acme.com."},
    )
    plan = planned(problem, [("cy", "p1")])

    refusals = {key: str(check_pair(problem, plan, key, "p1")) for key in ("ash", "bo", "cy", "full")}

    assert refusals == {
        "ash": "This pair is barred: Both give Acme Ltd as organisation.",
        "bo": (
            "This pair needs a decision first: Both have an e-mail address at acme.com."
            " Decide it on the conflicts page."
        ),
        "cy": "This member has a place on this portfolio already.",
        "full": "This member is full: 1 of 1 place. Choose another, or raise their capacity.",
    }


def test_hand_change_is_refused_when_the_places_are_taken_and_allowed_when_one_is_free() -> None:
    full = planned(PROBLEM, [("ash", "p1"), ("bo", "p1")])
    free = planned(PROBLEM, [("ash", "p1")])

    assert str(check_pair(PROBLEM, full, "cy", "p1")) == (
        "All 2 places of this portfolio are taken. Take a member away first."
    )
    assert check_pair(PROBLEM, free, "cy", "p1") is None


def test_coordinator_may_ask_again_whom_the_plan_would_not() -> None:
    asked = replace(PROBLEM, asked=frozenset({("cy", "p1")}))

    assert next_best(asked, Plan(), "p1") == "ash"
    assert check_pair(asked, Plan(), "cy", "p1") is None
