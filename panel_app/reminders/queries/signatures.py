"""Outcomes that wait for signatures: a row for each signer who may give one and has not."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select

from panel_app.accounts.models import Person, RoleGrant
from panel_app.foundation.actors import Role
from panel_app.foundation.database import reading
from panel_app.foundation.words import N_, sentence
from panel_app.moderation.queries.facts import answered_by
from panel_app.outcomes.models import Outcome, Signature
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round
from panel_app.programmes.queries import promised
from panel_app.reminders.queries.rounds import is_parted
from panel_app.reminders.queries.waiting import can_be_reached, reader_columns, waiting_of
from panel_app.reminders.rules.occurrences import Waiting

WHAT = N_("Signature for %(reference)s")


def signatures_awaited(round_id: int, subjects: Collection[str] | None = None) -> list[Waiting]:
    """Proposed outcomes with each signer who may sign them and has not, since the proposal. Two statements.

    The first row of each outcome names all its signers, for the coordinators.
    """
    found = [
        waiting_of(row, sentence(WHAT, reference=row.reference), "outcomes.sign_off", outcome_key=row.key)
        for row in reading().execute(_pairs(round_id, subjects))
    ]
    names: dict[str, list[str]] = {}
    for each in found:
        names.setdefault(each.subject, []).append(each.reader.name)
    return [replace(each, all_late=", ".join(names.pop(each.subject, []))) for each in found]


def _pairs(round_id: int, subjects: Collection[str] | None) -> Select[*tuple[Any, ...]]:
    roles = [Role(name) for name in promised(round_id).may_sign]
    signers = select(RoleGrant.person_id).where(RoleGrant.round_id == round_id, RoleGrant.role.in_(roles))
    query = (
        select(
            Outcome.key,
            Portfolio.reference,
            Portfolio.id.label("portfolio_id"),
            Portfolio.key.label("portfolio_key"),
            Outcome.proposed_at.label("since"),
            Outcome.sign_off_by.label("deadline"),
            *reader_columns(),
        )
        .join(Assessment, Assessment.id == Outcome.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Person, Person.id.in_(signers))
        .where(Portfolio.round_id == round_id, Outcome.state == OutcomeState.PROPOSED, can_be_reached())
        .where(~_keeps_away())
        .order_by(Outcome.id, Person.id)
    )
    return query if subjects is None else query.where(Outcome.key.in_(subjects))


def _keeps_away() -> ColumnElement[bool]:
    """Whether the person of the statement is not asked: parted from the portfolio, signed it, or moderated it."""
    moderated = exists().where(*answered_by(Person.id), Assessment.portfolio_id == Portfolio.id)
    return or_(
        is_parted(),
        moderated.correlate(Person, Portfolio),
        exists().where(Signature.outcome_id == Outcome.id, Signature.person_id == Person.id),
    )
