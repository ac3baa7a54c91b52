"""A person can play a whole round within half an hour: no rule asks for days between its dates."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.assignment import services as assignment
from panel_app.assignment.models import Assignment
from panel_app.demo.builders.accounts import a_coordinator, a_signer
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.demo.seeding.seed import look_after
from panel_app.foundation.database import reading
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.rules import OutcomeState
from panel_app.outcomes.services import prepare_release, sign_off
from panel_app.panel.models import Member
from panel_app.portfolios.services import admit_all
from panel_app.programmes.queries import RoundView

pytestmark = pytest.mark.both_databases


def half_an_hour() -> RoundView:
    minute = timedelta(minutes=1)
    return a_round(opens=0 * minute, closes=5 * minute, scoring_due=25 * minute, release=30 * minute)


def accept_and_score() -> None:
    places = select(Assignment.key, Member.person_id).join(Member, Member.id == Assignment.member_id)
    for key, person_id in reading().execute(places.order_by(Assignment.id)).all():
        assignment.accept_offer(actor_of(person_id), key)
        a_submitted_sheet(key, levels=3)


def test_a_round_of_half_an_hour_goes_from_its_opening_to_the_release(app: Flask) -> None:
    begins, round_ = clock.now(), half_an_hour()
    coordinator, signers = a_coordinator(round_.id), [a_signer(round_.id), a_signer(round_.id)]
    a_member(round_, domains=("PSF-1", "PSF-2"))
    a_member(round_, domains=("PSF-3", "PSF-4"))
    a_portfolio(round_, at=begins + timedelta(minutes=2))

    with clock.pinned(begins + timedelta(minutes=6)):
        admit_all(coordinator, round_.key)
        assignment.make_plan(coordinator, round_.key)
        assignment.send_plan(coordinator, round_.key)
        accept_and_score()
        outcome = reading().execute(select(Outcome.key)).scalar_one()
        for signer in signers:
            sign_off(signer, outcome, shown_now(outcome))
        prepare_release(coordinator, round_.key)
    with clock.pinned(begins + timedelta(minutes=30)):
        look_after()

    assert reading().execute(select(Outcome.state)).scalar_one() is OutcomeState.RELEASED
