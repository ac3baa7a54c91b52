"""A member's own list: what they are asked to assess, what is on their desk, what they submitted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import LIVE_STATES, AssignmentState
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Criterion, Round, RubricPart
from panel_app.scoring.models import Score, ScoreSheet

PAGE = 50


@dataclass(frozen=True)
class ReviewRow:
    """One of a member's assignments. `due_at`: until when they must answer, or submit; `scored` of `criteria`."""

    key: str
    reference: str
    part: str
    state: AssignmentState
    due_at: datetime
    submitted_at: datetime | None
    zone: str
    criteria: int
    scored: int


_TO_ANSWER = Assignment.state == AssignmentState.OFFERED
_DUE = case((_TO_ANSWER, Assignment.answer_by), else_=Assignment.due_at)
_GROUP = case((_TO_ANSWER, 0), (Assignment.state == AssignmentState.SUBMITTED, 2), else_=1)


def count_reviews(member_id: int) -> int:
    """How many live assignments a member has. One statement."""
    mine = select(func.count()).select_from(Assignment).where(*_live(member_id))
    return reading().execute(mine).scalar_one()


def reviews(member_id: int, number: int = 1) -> list[ReviewRow]:
    """A page of a member's live assignments: to answer, to score, submitted; by due date, then key. One statement."""
    query = _rows().where(*_live(member_id)).order_by(_GROUP, _DUE, Assignment.key, Assignment.id)
    rows = reading().execute(query.limit(PAGE).offset((number - 1) * PAGE))
    return [ReviewRow(*row) for row in rows]


def sheets_to_finish(member_id: int) -> list[ReviewRow]:
    """What is on a member's desk and not submitted, at most a page, the earliest due first. One statement."""
    at_work = (AssignmentState.ACCEPTED, AssignmentState.SCORING, AssignmentState.REOPENED)
    query = _rows().where(Assignment.member_id == member_id, Assignment.state.in_(at_work))
    rows = reading().execute(query.order_by(Assignment.due_at, Assignment.key, Assignment.id).limit(PAGE))
    return [ReviewRow(*row) for row in rows]


def _live(member_id: int) -> tuple[ColumnElement[bool], ...]:
    return Assignment.member_id == member_id, Assignment.state.in_(LIVE_STATES)


def _rows() -> Any:
    criteria = (
        select(func.count()).where(Criterion.part_id == Assessment.part_id).correlate(Assessment).scalar_subquery()
    )
    scored = (
        select(func.count())
        .where(Score.sheet_id == ScoreSheet.id, Score.level_id.is_not(None))
        .correlate(ScoreSheet)
        .scalar_subquery()
    )
    return (
        select(
            Assignment.key,
            Portfolio.reference,
            RubricPart.title,
            Assignment.state,
            _DUE,
            Assignment.submitted_at,
            Round.zone,
            criteria,
            scored,
        )
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
    )
