"""Signers are reminded of outcomes that wait for them, and coordinators told; nobody who had a part is."""

from datetime import datetime

import pytest
from flask import Flask

from panel_app.accounts.services import actor_of, grant_role
from panel_app.demo.builders.accounts import a_signer
from panel_app.demo.builders.moderation import an_answered_case
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.outcomes.queries.lists import waiting_for
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.services import sign_off
from panel_app.reminders.queries.signatures import signatures_awaited
from tests.moderation.scenes import CLEAR, NEAR
from tests.moderation.scenes import a_scene as a_moderated_scene
from tests.outcomes.scenes import Scene, a_scene
from tests.reminders.support import day, make, reminders

pytestmark = pytest.mark.both_databases


def asked(here: Scene) -> list[int]:
    return [each.reader.person_id for each in signatures_awaited(here.round.id)]


def ids(*people: Actor) -> list[int]:
    return sorted(each.person_id for each in people if each.person_id is not None)


def sign_by(here: Scene) -> datetime:
    return here.outcome().sign_off_by


def test_signer_is_reminded_of_an_overdue_signature_and_the_coordinator_is_told(app: Flask) -> None:
    here = a_scene(CLEAR)

    make(day(sign_by(here), 2))
    make(day(sign_by(here), 3))

    subjects = sorted((each.person_id, each.subject) for each in reminders())
    what = f"Overdue: Signature for {here.assessed[0].portfolio.reference} ({here.round.title})"
    assert subjects == sorted((each.person_id, what) for each in (*here.signers, here.coordinator))
    told = next(each.text for each in reminders() if each.person_id == here.coordinator.person_id)
    assert all(each.name in told for each in here.signers)


def test_who_signed_is_not_reminded(app: Flask) -> None:
    here = a_scene(CLEAR)
    sign_off(here.signers[0], here.outcome().key, shown_now(here.outcome().key))

    assert asked(here) == ids(here.signers[1])


def test_signer_who_assessed_or_owns_the_portfolio_is_not_reminded(app: Flask) -> None:
    here = a_scene(CLEAR)
    for person in (here.assessed[0].members[0].actor, here.assessed[0].portfolio.candidate):
        assert person.person_id is not None
        grant_role(SYSTEM, person.person_id, Role.SIGNER, here.round.id)

    assert asked(here) == ids(*here.signers)


def test_signer_who_moderated_the_portfolio_is_not_reminded(app: Flask) -> None:
    here = a_moderated_scene(NEAR)
    an_answered_case(here.assessed, here.moderator)
    signer = a_signer(here.round.id)
    assert here.moderator.person_id is not None
    grant_role(SYSTEM, here.moderator.person_id, Role.SIGNER, here.round.id)

    assert [each.reader.person_id for each in signatures_awaited(here.round.id)] == [signer.person_id]
    assert len(waiting_for(actor_of(signer.person_id or 0))) == 1
    assert waiting_for(actor_of(here.moderator.person_id)) == []


def test_signed_off_outcomes_wait_for_nobody(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)

    assert asked(here) == []
