"""Reads of what is late in a coordinator's rounds, and of what is due only after their release."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, union

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.rules import UNANSWERED_STATES, CaseState
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.queries.visibility import assessments_visible_to, visible_to
from panel_app.programmes.models import Round


class LateKind(StrEnum):
    """What is late: a score sheet, a moderator's answer, a signature."""

    SHEET = "sheet"
    CASE = "case"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Late:
    """So many of a kind are late in a round, the first since; `reference` and key of one of their portfolios."""

    kind: LateKind
    round_key: str
    code: str
    zone: str
    number: int
    since: datetime
    portfolio_key: str
    reference: str


def late_work(viewer: Actor, round_ids: Collection[int], now: datetime) -> list[Late]:
    """What is late in these rounds, without portfolios that are hidden from the viewer. Three statements."""
    found = []
    for kind, grouped in _late(viewer, round_ids, now).items():
        first = grouped.subquery()
        query = (
            select(Round.key, Round.code, Round.zone, first.c.number, first.c.since)
            .add_columns(Portfolio.key, Portfolio.reference)
            .join_from(first, Round, Round.id == first.c.round_id)
            .join(Assessment, Assessment.id == first.c.assessment_id)
            .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        )
        found += [Late(kind, *row) for row in reading().execute(query.order_by(Round.id))]
    return found


def _late(viewer: Actor, round_ids: Collection[int], now: datetime) -> dict[LateKind, Select[*tuple[Any, ...]]]:
    """For each kind a select by round: its id, how many are late, since when, and one of their assessments."""
    number = func.count().label("number")

    def grouped(round_id: Any, assessment_id: Any, due: Any) -> Select[*tuple[Any, ...]]:
        query = select(round_id, number, func.min(due, type_=due.type).label("since"))
        query = query.add_columns(func.min(assessment_id).label("assessment_id")).group_by(round_id)
        return query.where(round_id.in_(round_ids), due < now, *assessments_visible_to(viewer, assessment_id))

    case, outcome = ModerationCase, Outcome
    sheets = grouped(Assignment.round_id, Assignment.assessment_id, Assignment.due_at)
    cases = grouped(Assessment.round_id, case.assessment_id, case.due_at)
    signatures = grouped(Assessment.round_id, outcome.assessment_id, outcome.sign_off_by)
    return {
        LateKind.SHEET: sheets.where(Assignment.state.in_(AT_WORK_STATES)),
        LateKind.CASE: cases.where(Assessment.id == case.assessment_id, case.state == CaseState.WITH_MODERATOR),
        LateKind.SIGNATURE: signatures.where(
            Assessment.id == outcome.assessment_id, outcome.state == OutcomeState.PROPOSED
        ),
    }


@dataclass(frozen=True)
class AfterRelease:
    """A round with so many portfolios for which something is due only after its release."""

    round_key: str
    code: str
    zone: str
    release_at: datetime
    number: int


def after_release(viewer: Actor, round_ids: Collection[int]) -> list[AfterRelease]:
    """Rounds where a sheet, an answer or a signature that is awaited is due after the release. One statement."""
    offered = Assignment.state.in_({AssignmentState.OFFERED, *AT_WORK_STATES}) & Assignment.round_id.in_(round_ids)
    unanswered = ModerationCase.state.in_(UNANSWERED_STATES)
    awaited = union(
        _of(Assignment.assessment_id, Assignment.due_at, offered, round_ids),
        _of(ModerationCase.assessment_id, ModerationCase.due_at, unanswered, round_ids),
        _of(Outcome.assessment_id, Outcome.sign_off_by, Outcome.state == OutcomeState.PROPOSED, round_ids),
    ).subquery()
    rows = reading().execute(
        select(Round.key, Round.code, Round.zone, Round.release_at, func.count())
        .join_from(awaited, Portfolio, Portfolio.id == awaited.c.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(*visible_to(viewer))
        .group_by(Round.id, Round.key, Round.code, Round.zone, Round.release_at)
        .order_by(Round.id)
    )
    return [AfterRelease(*row) for row in rows]


def _of(assessment_id: Any, due: Any, waits: Any, round_ids: Collection[int]) -> Select[int]:
    query = select(Assessment.portfolio_id).where(Assessment.id == assessment_id, waits)
    return query.join(Round, Round.id == Assessment.round_id).where(Round.id.in_(round_ids), due > Round.release_at)
