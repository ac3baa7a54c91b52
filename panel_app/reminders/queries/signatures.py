"""Outcomes that wait for signatures: a row for each signer who may give one and has not."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from panel_app.accounts.models import Person, RoleGrant
from panel_app.assignment.models import Assignment
from panel_app.conflicts.models import RoleConflict
from panel_app.foundation.actors import Role
from panel_app.foundation.database import reading
from panel_app.foundation.words import N_, sentence
from panel_app.moderation.models import CaseMove, ModerationCase
from panel_app.moderation.rules import CaseAct
from panel_app.outcomes.models import Outcome, Signature
from panel_app.outcomes.rules import OutcomeState
from panel_app.panel.models import Member
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round
from panel_app.programmes.queries import promised
from panel_app.reminders.queries.waiting import can_be_reached, reader_columns, waiting_of
from panel_app.reminders.rules.occurrences import Waiting

ASKED = aliased(Assessment)
"""Any assessment of the portfolio: who was asked for one signs none of its outcomes."""
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
        .where(~or_(*_keeps_away()))
        .order_by(Outcome.id, Person.id)
    )
    return query if subjects is None else query.where(Outcome.key.in_(subjects))


def _keeps_away() -> tuple[ColumnElement[bool], ...]:
    """Why a person of the statement is not asked: signed, made it, was to assess it, moderated it, or a conflict."""
    asked = exists().where(
        Member.person_id == Person.id,
        Assignment.member_id == Member.id,
        Assignment.assessment_id == ASKED.id,
        ASKED.portfolio_id == Portfolio.id,
    )
    moderated = exists().where(
        CaseMove.by_id == Person.id,
        CaseMove.act == CaseAct.ANSWER,
        ModerationCase.id == CaseMove.case_id,
        ModerationCase.assessment_id == Outcome.assessment_id,
    )
    return (
        exists().where(Signature.outcome_id == Outcome.id, Signature.person_id == Person.id),
        exists().where(PortfolioOwner.portfolio_id == Portfolio.id, PortfolioOwner.person_id == Person.id),
        exists().where(RoleConflict.portfolio_id == Portfolio.id, RoleConflict.person_id == Person.id),
        asked,
        moderated,
    )
