"""The register's pages: what stands there, what is decided there, and what they leave out."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from panel_app.conflicts.rules import DETECTORS, FindingState
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person
from panel_app.demo.builders.conflicts import (
    a_barred_pair,
    a_dismissed_finding,
    an_undecided_pair,
    the_finding,
)
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.needs import needs_of
from panel_app.programmes.queries import RoundView
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]


@pytest.fixture
def round_(app: Flask) -> RoundView:
    return a_round()


@pytest.fixture
def coordinator(round_: RoundView) -> Actor:
    return a_coordinator(round_.id)


def address(round_: RoundView, rest: str = "") -> str:
    """The register's address, or one below it."""
    return f"/rounds/{round_.key}/conflicts{rest}"


def test_the_register_of_a_new_round_says_what_will_be_there(
    round_: RoundView, coordinator: Actor, visit: Visit
) -> None:
    page = visit(coordinator).get(address(round_))

    assert page.heading == "Conflicts"
    assert "No conflict was found." in page.main


def test_what_needs_a_decision_stands_first_with_its_reason_in_words(
    round_: RoundView, coordinator: Actor, visit: Visit
) -> None:
    barred, undecided = a_barred_pair(round_), an_undecided_pair(round_)

    page = visit(coordinator).get(address(round_))

    assert page.references == [undecided.portfolio.reference, barred.portfolio.reference]
    assert "The panel member is Corn Ashlar; the portfolio names Corn Ashlar as mentor." in page.main
    assert "The panel member gives Lantern Freight as organisation, the candidate Lantern Freight Ltd." in page.main
    assert DETECTORS["same_organisation"].text in page.main


def test_a_state_in_the_address_filters_rows_and_pager(round_: RoundView, coordinator: Actor, visit: Visit) -> None:
    barred, _ = a_barred_pair(round_), an_undecided_pair(round_)

    page = visit(coordinator).get(address(round_, "?state=standing"))

    assert page.references == [barred.portfolio.reference]
    assert "1 to 1 of 1" in page.main


def test_an_unknown_state_in_the_address_is_refused(round_: RoundView, coordinator: Actor, visit: Visit) -> None:
    browser = visit(coordinator)

    browser.get(address(round_, "?state=open"), status=200)
    browser.get(address(round_, "?state=everything"), status=400)


def test_a_finding_is_dismissed_with_a_reason_that_the_register_keeps(
    round_: RoundView, coordinator: Actor, visit: Visit
) -> None:
    found = an_undecided_pair(round_)
    browser = visit(coordinator)

    register = browser.post(address(round_, f"/{found.key}"), act="dismiss", reason="They met once, at a fair.")
    detail = browser.get(address(round_, f"/{found.key}"))

    assert f"{coordinator.name}: They met once, at a fair." in register.main
    assert "Your decision is kept" in register.main
    assert the_finding(found.member, found.portfolio, found.kind).state is FindingState.DISMISSED
    assert detail.all("//input[@type='radio']/@value") == ["reconsider"]
    assert "They met once, at a fair." in detail.main


def test_a_decision_without_its_parts_comes_back_with_what_was_typed(
    round_: RoundView, coordinator: Actor, visit: Visit
) -> None:
    found = an_undecided_pair(round_)
    browser = visit(coordinator)

    no_act = browser.post(address(round_, f"/{found.key}"), status=422, reason="They met once.")
    no_reason = browser.post(address(round_, f"/{found.key}"), status=422, act="uphold", reason=" ")

    assert (no_act.errors, no_act.field("reason").strip()) == (["Choose a decision."], "They met once.")
    assert no_reason.errors == ["Enter the reason."]
    assert no_reason.all("//input[@type='radio'][@checked]/@value") == ["uphold"]


def test_what_bars_by_itself_offers_no_decision(round_: RoundView, coordinator: Actor, visit: Visit) -> None:
    found = a_barred_pair(round_)

    page = visit(coordinator).get(address(round_, f"/{found.key}"))

    assert page.all("//input[@type='radio']") == []
    assert "Nothing is to be decided here." in page.main


def test_members_moderators_and_other_coordinators_have_no_register(
    round_: RoundView, coordinator: Actor, visit: Visit
) -> None:
    found, other = an_undecided_pair(round_), a_round()

    for actor, status in (
        (found.member.actor, 403),
        (a_moderator(round_.id), 403),
        (a_coordinator(other.id, name="Iron Solder"), 404),
        (found.portfolio.candidate, 403),
    ):
        assert visit(actor).get(address(round_), status=status).status == status
        assert visit(actor).get(address(round_, f"/{found.key}"), status=status).status == status
    assert found.portfolio.reference in visit(coordinator).get(address(round_)).main


def test_a_finding_is_not_found_under_another_round(round_: RoundView, visit: Visit) -> None:
    other = a_round()
    found = an_undecided_pair(other)

    visit(a_coordinator(other.id, name="Indigo Prism")).get(address(other, f"/{found.key}"))
    visit(a_coordinator(round_.id, name="Iron Solder")).get(address(round_, f"/{found.key}"), status=404)


def test_a_conflicted_coordinator_finds_neither_row_nor_count(app: Flask, round_: RoundView, visit: Visit) -> None:
    conflicted = a_coordinator(round_.id, email="parsnip@lantern.example.org")
    candidate = a_person(name="Onyx Pebble", email="onyx@lantern.example.org")
    portfolio = a_portfolio(round_, candidate, people_named=["Corn Ashlar (mentor)"], copies=False)
    found = the_finding(a_member(round_, name="Corn Ashlar"), portfolio, "named_in_portfolio")

    page = visit(conflicted).get(address(round_))
    unconflicted = visit(a_coordinator(round_.id, name="Iron Solder")).get(address(round_))

    assert page.references == []
    assert "Nothing needs a decision." in page.main
    assert unconflicted.references == [portfolio.reference]
    visit(conflicted).get(address(round_, f"/{found.key}"), status=404)
    with app.test_request_context():
        assert [need for need in needs_of(conflicted) if "conflict" in str(need.sentence)] == []


def test_a_coordinator_never_reads_what_was_found_about_themself(round_: RoundView, visit: Visit) -> None:
    coordinator = a_coordinator(round_.id, name="Corn Ashlar")
    portfolio = a_portfolio(round_, people_named=["Corn Ashlar (mentor)"], copies=False)
    found = the_finding(a_member(round_, person=coordinator), portfolio, "named_in_portfolio")

    page = visit(coordinator).get(address(round_))
    unconflicted = visit(a_coordinator(round_.id, name="Iron Solder")).get(address(round_))

    assert unconflicted.references == [portfolio.reference]
    assert page.references == []
    visit(coordinator).get(address(round_, f"/{found.key}"), status=404)


def test_first_page_counts_what_needs_a_decision(app: Flask, round_: RoundView, coordinator: Actor) -> None:
    an_undecided_pair(round_), an_undecided_pair(round_, "Bolete Oxeye"), a_barred_pair(round_)

    with app.test_request_context():
        (need,) = [each for each in needs_of(coordinator) if "conflict" in str(each.sentence)]

    assert str(need.sentence) == f"2 possible conflicts in {round_.code} need a decision"
    assert need.due_at is not None


@pytest.mark.parametrize("findings", [1, 3])
def test_the_register_runs_the_same_statements_at_any_size(
    findings: int,
    round_: RoundView,
    coordinator: Actor,
    visit: Visit,
    count_statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    browser = visit(coordinator)
    for number in range(findings):
        an_undecided_pair(round_, f"Corn{'abc'[number]} Ashlar{'xyz'[number]}")

    with count_statements() as seen:
        page = browser.get(address(round_))

    assert len(page.references) == findings
    assert len(seen) == 6, seen.by_place()


def test_checking_anew_keeps_what_was_dismissed(round_: RoundView, coordinator: Actor, visit: Visit) -> None:
    dismissed = a_dismissed_finding(round_, coordinator)

    page = visit(coordinator).post(address(round_, "/recheck"))

    assert "compared with every portfolio anew" in page.main
    assert page.references == [dismissed.portfolio.reference]
    assert "Nothing needs a decision." in page.main
