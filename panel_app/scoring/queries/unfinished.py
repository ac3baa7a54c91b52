"""Score sheets that were begun and not submitted: a member's own that have ended, and a round's that are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AT_WORK_STATES, ENDED_STATES, AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.programmes.models import Criterion, Round
from panel_app.scoring.models import Score, ScoreSheet

PAGE = 50
_STOPPED = frozenset({*ENDED_STATES, AssignmentState.SUSPENDED})


@dataclass(frozen=True)
class UnfinishedRow:
    """A sheet that is not submitted, without its words: `scored` of `criteria`, and how many letters were written.

    `saved_at`: its last save, none where nothing was; `status`: of its assessment.
    """

    key: str
    reference: str
    portfolio_key: str
    member_id: int
    state: AssignmentState
    state_since: datetime
    due_at: datetime
    zone: str
    status: AssessmentStatus
    criteria: int
    scored: int
    letters: int
    saved_at: datetime | None


def count_own_ended(member_id: int) -> int:
    """On how many of a member's assignments that ended something was written and not submitted. One statement."""
    return _count(_own(member_id))


def own_ended(member_id: int, number: int = 1) -> list[UnfinishedRow]:
    """A page of them, what ended last first. One statement."""
    newest = _rows().where(*_own(member_id)).order_by(Assignment.state_since.desc(), Assignment.id.desc())
    return _page(newest, number)


def count_late(viewer: Actor, round_id: int, now: datetime) -> int:
    """How many sheets of a round are late or stopped halfway, without hidden portfolios. One statement."""
    return _count(_late(viewer, round_id, now))


def late_sheets(viewer: Actor, round_id: int, now: datetime, number: int = 1) -> list[UnfinishedRow]:
    """A page of them: what is still awaited first, then by due date. One statement."""
    awaited = case((Assignment.state.in_(AT_WORK_STATES), 0), else_=1)
    found = _rows().where(*_late(viewer, round_id, now)).order_by(awaited, Assignment.due_at, Assignment.id)
    return _page(found, number)


def _own(member_id: int) -> Sequence[ColumnElement[bool]]:
    return Assignment.member_id == member_id, Assignment.state.in_(ENDED_STATES), ScoreSheet.revision > 0


def _late(viewer: Actor, round_id: int, now: datetime) -> Sequence[ColumnElement[bool]]:
    overdue = and_(Assignment.state.in_(AT_WORK_STATES), Assignment.due_at < now)
    stopped = and_(Assignment.state.in_(_STOPPED), ScoreSheet.revision > 0)
    return Assignment.round_id == round_id, or_(overdue, stopped), *visible_to(viewer)


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    return int(reading().execute(_joined(select(func.count())).where(*conditions)).scalar_one())


def _page(found: Select[*tuple[Any, ...]], number: int) -> list[UnfinishedRow]:
    return [UnfinishedRow(*row) for row in reading().execute(found.limit(PAGE).offset((number - 1) * PAGE))]


def _rows() -> Select[*tuple[Any, ...]]:
    criteria = select(func.count()).where(Criterion.part_id == Assessment.part_id).correlate(Assessment)
    of_sheet = Score.sheet_id == ScoreSheet.id
    scored = select(func.count()).where(of_sheet, Score.level_id.is_not(None)).correlate(ScoreSheet)
    texts = (Score.rationale, Score.feedback, func.coalesce(Score.cannot_judge, ""))
    letters = select(func.coalesce(func.sum(sum((func.length(text) for text in texts[1:]), func.length(texts[0]))), 0))
    written = letters.where(of_sheet).correlate(ScoreSheet).scalar_subquery()
    return _joined(
        select(
            Assignment.key,
            Portfolio.reference,
            Portfolio.key,
            Assignment.member_id,
            Assignment.state,
            Assignment.state_since,
            Assignment.due_at,
            Round.zone,
            Assessment.status,
            criteria.scalar_subquery(),
            scored.scalar_subquery(),
            written + func.coalesce(func.length(ScoreSheet.note), 0),
            case((ScoreSheet.revision > 0, ScoreSheet.saved_at)),
        )
    )


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Assignment)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
    )
