"""What is late, and what is due only after the release, stands before the coordinator; the desk's worst comes first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.assignment.services import extend_due
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.moderation import an_assessed_portfolio, case_of
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.times import to_wall
from tests.moderation.scenes import CLEAR, GAP
from tests.support.pages import Visitor

pytestmark = pytest.mark.both_databases

Visit = Callable[[Actor | None], Visitor]
DAY = timedelta(days=1)


def test_an_overdue_sheet_is_named_on_the_coordinators_first_page(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    portfolio, coordinator = an_admitted_portfolio(round_), a_coordinator(round_.id)
    an_assignment(portfolio, a_member(round_), state="scoring")

    before = visit(coordinator).get("/today")
    with clock.pinned(round_.scoring_due_at + DAY):
        late = visit(coordinator).get("/today")

    words = f"{portfolio.reference}: a score sheet is overdue"
    assert words not in before.main
    assert words in late.main
    assert "Overdue since" in late.main


def test_several_overdue_sheets_are_one_line_with_a_way_to_them(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    coordinator, member = a_coordinator(round_.id), a_member(round_, capacity=4)
    late = [an_admitted_portfolio(round_) for _ in range(2)]
    fine = a_portfolio(round_)
    for portfolio in late:
        an_assignment(portfolio, member, state="scoring")

    with clock.pinned(round_.scoring_due_at + DAY):
        page = visit(coordinator).get("/today")
        desk = visit(coordinator).get(f"/rounds/{round_.key}/desk?show=stuck")

    assert f"2 score sheets of {round_.code} are overdue" in page.main
    assert f"/rounds/{round_.key}/desk?show=stuck#portfolios" in page.all("//main//li//a/@href")
    assert sorted(desk.references) == sorted(each.reference for each in late)
    assert fine.reference not in desk.references


def test_an_overdue_moderators_answer_is_named(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    assessed = an_assessed_portfolio(round_, *GAP, members=[a_member(round_) for _ in range(2)])
    coordinator = a_coordinator(round_.id)

    with clock.pinned(case_of(assessed).due_at + DAY):
        page = visit(coordinator).get("/today")

    assert f"{assessed.portfolio.reference}: the moderator's answer is overdue" in page.main


def test_an_overdue_signature_is_named(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    assessed = an_assessed_portfolio(round_, *CLEAR, members=[a_member(round_) for _ in range(2)])
    coordinator = a_coordinator(round_.id)

    with clock.pinned(clock.now() + 30 * DAY):
        page = visit(coordinator).get("/today")

    assert f"{assessed.portfolio.reference}: a signature is overdue" in page.main


def test_a_date_after_the_release_asks_to_move_the_release(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    portfolio, coordinator = an_admitted_portfolio(round_), a_coordinator(round_.id)
    built = an_assignment(portfolio, a_member(round_), state="scoring")

    before = visit(coordinator).get("/today")
    extend_due(coordinator, built.key, to_wall(round_.release_at + DAY, round_.zone), "A fever.")
    after = visit(coordinator).get("/today")
    case = visit(coordinator).get(f"/rounds/{round_.key}/portfolios/{portfolio.key}")

    words = f"1 portfolio of {round_.code} has a date after the release"
    assert words not in before.main
    assert words in after.main
    assert f"/rounds/{round_.key}/dates" in after.all("//main//li//a/@href")
    assert "This is after the round's release" in case.main


def test_the_desk_shows_the_worst_first(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    withdrawn, plain, late = a_portfolio(round_), an_admitted_portfolio(round_), an_admitted_portfolio(round_)
    coordinator = a_coordinator(round_.id)
    an_assignment(late, a_member(round_), state="accepted")  # one of two assessors: one is missing

    page = visit(coordinator).get(f"/rounds/{round_.key}/desk")

    assert page.references[0] == late.reference
    assert set(page.references) == {withdrawn.reference, plain.reference, late.reference}


def test_desk_portfolios_and_outcomes_say_the_same_of_a_portfolio(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="closed")
    portfolio, browser = an_admitted_portfolio(round_), visit(a_coordinator(round_.id))

    pages = [browser.get(f"/rounds/{round_.key}/{name}") for name in ("desk", "portfolios", "outcomes")]

    assert [page.references for page in pages] == [[portfolio.reference]] * 3
    assert ["Waits for a plan" in page.main for page in pages] == [True] * 3
