"""Signers are told what waits for them: by one message for what came together, and reminded while it waits."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import grant_role
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.running import run_due
from panel_app.foundation.outbox.models import Notification
from panel_app.outcomes.messages import COLLECTED, SETTLED
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.services import sign_off
from panel_app.outcomes.services.proposing import propose
from tests.moderation.scenes import CLEAR, REFER
from tests.outcomes.scenes import a_scene

pytestmark = pytest.mark.both_databases


def letters_to_signers() -> list[tuple[int | None, str]]:
    rows = reading().execute(
        select(Notification.person_id, Notification.subject)
        .filter_by(kind="outcomes/to_sign")
        .order_by(Notification.id)
    )
    return [(person_id, subject) for person_id, subject in rows]


def after_some_minutes() -> int:
    """Let the runner work once the proposals of these minutes are collected; gives how many jobs it did."""
    with clock.pinned(clock.now() + COLLECTED + SETTLED + timedelta(seconds=1)):
        return sum(iter(run_due, 0))


def test_signers_get_one_message_for_all_that_was_proposed_in_the_same_minutes(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, REFER)

    at_once = letters_to_signers()
    after_some_minutes()
    after_some_minutes()

    assert at_once == []
    assert letters_to_signers() == [(each.person_id, "3 outcomes wait for your signature") for each in here.signers]


def test_message_to_signers_names_references_and_never_a_result(app: Flask) -> None:
    here = a_scene(REFER)

    after_some_minutes()

    text = reading().scalars(select(Notification.text).filter_by(kind="outcomes/to_sign")).first() or ""
    assert here.assessed[0].portfolio.reference in text
    assert f"/sign-off/{here.outcome().key}" in text
    assert "refer" not in text.replace("Reference", "").lower()


def test_signer_who_signed_or_had_a_part_gets_no_message(app: Flask) -> None:
    here = a_scene(CLEAR)
    assessor = here.assessed[0].members[0].actor
    assert assessor.person_id is not None
    grant_role(SYSTEM, assessor.person_id, Role.SIGNER, here.round.id)
    sign_off(here.signers[0], here.outcome().key, shown_now(here.outcome().key))

    after_some_minutes()

    assert letters_to_signers() == [(here.signers[1].person_id, "1 outcome waits for your signature")]


def test_outcome_that_is_proposed_again_is_told_again(app: Flask) -> None:
    here = a_scene(CLEAR)
    after_some_minutes()

    with clock.pinned(clock.now() + timedelta(hours=2)):
        propose(here.assessed[0].assessment_id)
        after_some_minutes()

    assert len(letters_to_signers()) == 2 * len(here.signers)
