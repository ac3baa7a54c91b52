"""Two people at once, each on a connection of their own: places and capacity are counted inside the transaction."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.models import Assignment
from panel_app.assignment.queries.offers import assignments_of
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration
from panel_app.foundation.database import db, reading
from panel_app.foundation.outbox.models import Notification
from panel_app.portfolios.models import AssessmentStatus
from tests.assignment.conftest import Build, Scene
from tests.portfolios.acts import at_once

pytestmark = pytest.mark.both_databases

S = AssignmentState


def states(scene: Scene, place: int = 0) -> list[AssignmentState]:
    db.session.rollback()
    return [row.state for row in assignments_of(scene.portfolios[place].assessment_id)]


def test_the_last_place_of_a_member_goes_to_one_of_two_coordinators(app: Flask, scene: Build) -> None:
    here = scene(portfolios=2, members=1, capacity=1)
    coordinators = [here.coordinator, a_coordinator(here.round.id)]
    acts: list[Callable[[], str]] = [
        partial(services.offer, coordinators[i], here.portfolios[i].assessment_key, here.members[0].key)
        for i in range(2)
    ]

    answers = at_once(app, clock.now(), acts)

    full = [words for words in answers if "This member is full: 1 of 1 place." in words]
    assert len(full) == 1, answers
    assert sorted([*states(here, 0), *states(here, 1)]) == [S.OFFERED]


def test_the_last_place_of_a_portfolio_goes_to_one_of_two_members(app: Flask, scene: Build) -> None:
    here = scene(members=3)
    an_assignment(here.portfolios[0], here.members[0])
    offers = [an_assignment(here.portfolios[0], member, state="offered") for member in here.members[1:]]

    answers = at_once(app, clock.now(), [partial(services.accept_offer, one.actor, one.key) for one in offers])

    assert sorted(str(answer) for answer in answers) == [
        "None",
        "This is no longer needed, so nothing more is asked of you. Thank you.",
    ]
    assert sorted(states(here)) == [S.ACCEPTED, S.ACCEPTED, S.CLOSED]
    assert here.status() is AssessmentStatus.SCORING


def test_a_double_offer_makes_one_row_and_one_mail(app: Flask, scene: Build) -> None:
    here = scene(members=1)
    place, member = here.portfolios[0].assessment_key, here.members[0].key

    answers = at_once(app, clock.now(), [lambda: services.offer(here.coordinator, place, member)] * 2)

    assert [words for words in answers if words == "This member has a place on this portfolio already."] != []
    assert states(here) == [S.OFFERED]
    assert here.mails(here.members[0], "offer") == 1


def test_a_plan_that_two_coordinators_send_goes_out_once(app: Flask, scene: Build) -> None:
    here = scene(portfolios=2, members=2)
    services.make_plan(here.coordinator, here.round.key)
    coordinators = [here.coordinator, a_coordinator(here.round.id)]

    answers = at_once(
        app,
        clock.now(),
        [partial(services.send_plan, one, here.round.key) for one in coordinators],
    )

    db.session.rollback()
    assert 4 in answers
    assert [words for words in answers if "no plan to change or send" in str(words)] != []
    assert len(reading().scalars(select(Assignment.id)).all()) == 4
    assert len(reading().scalars(select(Notification.id).filter_by(kind="assignment/offer")).all()) == 2


def test_an_answer_and_a_late_declaration_leave_nobody_barred_at_work(app: Flask, scene: Build) -> None:
    here = scene(members=2)
    built = an_assignment(here.portfolios[0], here.members[0], state="offered")

    at_once(
        app,
        clock.now(),
        [
            lambda: services.accept_offer(built.actor, built.key),
            lambda: a_declaration(here.members[0], "Harbour Lights Cooperative"),
        ],
    )

    db.session.rollback()
    mine = [row.state for row in assignments_of(built.assessment_id) if row.member == here.members[0].key]
    assert mine in ([S.SUSPENDED], [S.CLOSED])


def test_two_declines_at_once_do_not_overfill_the_next_best(app: Flask, scene: Build) -> None:
    here = scene(portfolios=2, members=2, capacity=1)
    offers = [an_assignment(here.portfolios[i], here.members[i], state="offered") for i in range(2)]

    at_once(
        app,
        clock.now(),
        [partial(services.decline_offer, one.actor, one.key, "Too much to do.") for one in offers],
    )

    db.session.rollback()
    live = select(Assignment.member_id).where(Assignment.state == S.OFFERED)
    members = reading().scalars(live).all()
    assert len(members) == len(set(members))
