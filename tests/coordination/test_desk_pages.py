"""First pages: what needs you now, and the desk on which a coordinator sees what is stuck and why."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from panel_app.demo.builders.accounts import (
    a_coordinator,
    a_moderator,
    a_person,
    a_signer,
    an_admin,
    an_observer,
)
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Counter = Callable[[], AbstractContextManager[Statements]]


def test_guest_is_asked_to_sign_in(visit: Visit) -> None:
    assert visit(None).get("/today").heading == "Sign in"


def test_person_without_any_part_reads_that_nothing_needs_them(app: Flask, visit: Visit) -> None:
    page = visit(a_person()).get("/today")

    assert page.heading == "What needs you now"
    assert "Nothing needs you now." in page.main


def test_observer_reaches_the_round_by_clicking(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    browser = visit(an_observer(round_.id))

    page = browser.get("/today")
    rounds = browser.get("/rounds")

    assert page.all("//main//a/@href") == ["/rounds"]
    assert "/rounds" in page.all("//nav//a/@href")
    assert f"/rounds/{round_.key}" in rounds.links()
    assert "/today" in browser.get(f"/rounds/{round_.key}").all("//nav//a/@href")


def test_admin_reads_which_round_lacks_people_and_where_roles_are_granted(app: Flask, visit: Visit) -> None:
    round_ = a_round()
    browser = visit(an_admin())

    lacking = browser.get("/today")
    for person in (a_coordinator, a_coordinator, a_moderator, a_moderator, a_signer, a_signer):
        person(round_.id)

    assert f"The round {round_.code} lacks people" in lacking.main
    assert "/people" in lacking.all("//main//a/@href")
    assert "lacks people" not in browser.get("/today").main


def test_desk_shows_each_portfolio_with_what_blocks_it(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="open")
    drafted, submitted = a_portfolio(round_, submitted=False), a_portfolio(round_)

    page = visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/desk")

    assert sorted(page.references) == sorted([drafted.reference, submitted.reference])
    assert "Is being written" in page.main
    assert "Ready; its deadline has not passed" in page.main


def test_desk_of_another_round_is_not_found(app: Flask, visit: Visit) -> None:
    mine, other = a_round(state="open"), a_round(state="open")

    coordinator = visit(a_coordinator(mine.id))

    coordinator.get(f"/rounds/{mine.key}/desk")
    coordinator.get(f"/rounds/{other.key}/desk", status=404)


def test_desk_runs_as_many_statements_for_three_portfolios_as_for_one(
    app: Flask, visit: Visit, count_statements: Counter
) -> None:
    round_ = a_round(state="open")
    browser = visit(a_coordinator(round_.id))
    a_portfolio(round_)
    with count_statements() as one:
        browser.get(f"/rounds/{round_.key}/desk")
    a_portfolio(round_)
    a_portfolio(round_)

    with count_statements() as three:
        browser.get(f"/rounds/{round_.key}/desk")

    assert len(three) == len(one), three.by_place()


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99"])
def test_desk_bears_any_page_number(app: Flask, visit: Visit, query: str) -> None:
    round_ = a_round(state="open")

    assert visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/desk{query}").status == 200


def test_newcomer_is_shown_the_rounds_that_take_portfolios(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="open", title="Spring 2027")
    a_round(state="closed")

    page = visit(a_person()).get("/today")

    assert page.all("//main//li//a/@href") == [f"/portfolios/new?round={round_.key}"]
