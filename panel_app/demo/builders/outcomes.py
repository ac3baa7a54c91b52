"""Outcomes with every default valid: proposed, signed off, prepared and released through the services."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from panel_app import clock
from panel_app.demo.builders.accounts import a_signer
from panel_app.demo.builders.moderation import AnAssessed
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.rules import OutcomeState
from panel_app.outcomes.services import prepare_release, release_due, sign_off
from panel_app.programmes.queries import RoundView, round_by_id


def outcome_of(assessed: AnAssessed) -> Outcome:
    """The outcome of the portfolio that was not dropped. Raises NoResultFound."""
    query = select(Outcome).filter_by(assessment_id=assessed.assessment_id).where(Outcome.state != OutcomeState.DROPPED)
    return reading().scalars(query.execution_options(populate_existing=True)).one()


def two_signers(round_: RoundView) -> tuple[Actor, Actor]:
    """As many signers as a round asks for by default."""
    return a_signer(round_.id, "Henbane Bracket"), a_signer(round_.id, "Radish Mallet")


def a_signed_outcome(assessed: AnAssessed, signers: Sequence[Actor]) -> Outcome:
    """What was proposed, signed by these signers."""
    key = outcome_of(assessed).key
    for signer in signers:
        sign_off(signer, key, shown_now(key))
    return outcome_of(assessed)


def a_release(round_: RoundView, coordinator: Actor, *, done: bool = True) -> int:
    """Everything that is signed off, prepared by the coordinator and (when `done`) released at the round's time.

    Gives how many outcomes were prepared.
    """
    prepared = prepare_release(coordinator, round_.key)
    if done:
        release_at = round_by_id(round_.id).release_at
        with clock.pinned(max(clock.now(), release_at) + timedelta(seconds=1)):
            release_due()
    return prepared
