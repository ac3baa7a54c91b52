"""What assignment asks of people, its invariants, and `panel solve`."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text, update

from panel_app.assignment import services
from panel_app.assignment.cli import solve_round
from panel_app.assignment.models import Assignment
from panel_app.assignment.needs import (
    offers_to_answer,
    places_to_fill,
    plans_to_send,
    turned_down_often,
    work_on_hold,
)
from panel_app.assignment.queries.offers import assignments_of
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import db, transaction
from panel_app.foundation.needs import Need
from panel_app.foundation.permissions import Refused
from panel_app.portfolios.models import Assessment, AssessmentStatus
from tests.assignment.conftest import Build
from tests.support.statements import Statements

Provider = Callable[[Actor], object]


def said(provider: Callable[[Actor], object], actor: Actor) -> list[str]:
    db.session.rollback()
    found = provider(actor)
    assert hasattr(found, "__iter__")
    return [str(need.sentence) for need in found if isinstance(need, Need)]


def broken(name: str) -> list[str]:
    db.session.rollback()
    return list(invariant.found[name]())


@pytest.fixture
def request_context(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("request_context")
def test_member_is_asked_to_answer_with_the_date(scene: Build) -> None:
    here = scene(members=2)
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")
    need = next(iter(offers_to_answer(built.actor)))

    assert str(need.sentence) == f"Will you assess {here.portfolios[0].reference}?"
    assert need.due_at == assignments_of(built.assessment_id)[0].answer_by
    assert said(offers_to_answer, here.members[1].actor) == []


@pytest.mark.usefixtures("request_context")
def test_coordinator_sees_what_waits_for_a_plan_and_what_is_short(scene: Build) -> None:
    here = scene(portfolios=3, members=1)
    before = said(places_to_fill, here.coordinator)
    services.make_plan(here.coordinator, here.round.key)
    draft = said(plans_to_send, here.coordinator)
    services.send_plan(here.coordinator, here.round.key)

    assert before == [f"3 portfolios of {here.round.code} wait for assessors"]
    assert draft == [f"Plan 1 of {here.round.code} is not sent"]
    assert said(places_to_fill, here.coordinator) == [f"3 portfolios of {here.round.code} are short of assessors"]
    assert said(plans_to_send, here.coordinator) == []


@pytest.mark.usefixtures("request_context")
def test_coordinator_sees_work_on_hold_and_what_is_turned_down_often(scene: Build) -> None:
    here = scene(portfolios=2, members=2)
    an_assignment(here.portfolios[0], here.members[0], state="scoring")
    a_declaration(here.members[0], "Harbour Lights Cooperative")
    for _ in range(2):
        an_assignment(here.portfolios[1], here.members[1], state="deferred")

    assert said(work_on_hold, here.coordinator) == [f"{here.portfolios[0].reference}: an assessor's work is on hold"]
    assert said(turned_down_often, here.coordinator) == [
        f"{here.portfolios[1].reference} was turned down more than once"
    ]


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("number", [1, 3])
def test_each_provider_runs_one_statement(
    scene: Build, number: int, count_statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    here = scene(portfolios=number, members=1)
    for portfolio in here.portfolios:
        an_assignment(portfolio, here.members[0], state="offered")
    counts = []

    for provider, actor in (
        (offers_to_answer, here.members[0].actor),
        (places_to_fill, here.coordinator),
        (plans_to_send, here.coordinator),
        (work_on_hold, here.coordinator),
        (turned_down_often, here.coordinator),
    ):
        with count_statements() as seen:
            list(provider(actor))
        counts.append(len(seen))

    assert counts == [1, 1, 1, 1, 1]


def test_invariants_hold_after_every_kind_of_act(scene: Build) -> None:
    here = scene(portfolios=2, members=4)
    services.make_plan(here.coordinator, here.round.key)
    services.send_plan(here.coordinator, here.round.key)
    asked = {row.member for row in assignments_of(here.portfolios[0].assessment_id)}
    an_assignment(here.portfolios[0], next(one for one in here.members if one.key not in asked), state="offered")
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    for name in ("state", "rounds", "independence", "status", "ended"):
        assert broken(f"assignment.{name}") == []


def test_invariants_find_what_was_changed_behind_the_services(scene: Build) -> None:
    here = scene(members=2)
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    a_declaration(here.members[0], "Harbour Lights Cooperative")
    with transaction() as session:
        session.execute(update(Assignment).values(state=AssignmentState.ACCEPTED))
        session.execute(update(Assessment).values(status=AssessmentStatus.SCORING))

    assert broken("assignment.state") == [
        f"assignment {built.key} stands at accepted, and its last move led to suspended"
    ]
    assert broken("assignment.independence") == [
        f"assignment {built.key} is live although its pair is barred (declared)"
    ]
    assert broken("assignment.status") == [
        f"assessment {here.portfolios[0].assessment_key} stands at scoring, its assessors: 1"
    ]


def test_an_assignment_that_strayed_into_another_round_is_named(scene: Build) -> None:
    here, other = scene(members=1), a_round()
    built = an_assignment(here.portfolios[0], here.members[0])
    with transaction() as session:
        session.execute(update(Assignment).values(round_id=other.id))

    assert broken("assignment.rounds") == [f"assignment {built.key} stands in another round than its assessment"]


def test_an_ended_assessment_has_nobody_at_work(scene: Build) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    with transaction() as session:
        session.execute(text("UPDATE assessment SET status = 'ended'"))

    assert broken("assignment.ended") == [f"assignment {built.key} stands at scoring although its assessment has ended"]


def test_panel_solve_draws_up_a_plan(scene: Build) -> None:
    here = scene(portfolios=2, members=2)

    answer = CliRunner().invoke(solve_round, [here.round.code.lower()])

    assert answer.output == f"Plan 1 of {here.round.code}: pairs 4, missing places 0. Not sent.\n"


def test_panel_solve_names_an_unknown_round(app: Flask) -> None:
    answer = CliRunner().invoke(solve_round, ["CPAP-99Z"])

    assert isinstance(answer.exception, Refused)
    assert "`panel round list` shows the codes" in str(answer.exception)
