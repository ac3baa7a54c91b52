"""A member's own list: what they are asked to assess, what is on their desk, what they submitted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AT_WORK_STATES, LIVE_STATES, AssignmentState
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, CopyState, Evidence, PanelCopy, Portfolio
from panel_app.programmes.models import Criterion, Round, RubricPart
from panel_app.scoring.models import ReviewPlace, Score, ScoreSheet

PAGE = 50


@dataclass(frozen=True)
class ReviewRow:
    """One of a member's assignments. `due_at`: until when they must answer, or submit; `scored` of `criteria`.

    `files` and `pages`: of the panel copies; a picture or text counts as one page.
    """

    key: str
    reference: str
    part: str
    state: AssignmentState
    due_at: datetime
    submitted_at: datetime | None
    zone: str
    criteria: int
    scored: int
    part_id: int
    files: int
    pages: int


_TO_ANSWER = Assignment.state == AssignmentState.OFFERED
_DUE = case((_TO_ANSWER, Assignment.answer_by), else_=Assignment.due_at)
_SHUFFLED = (func.coalesce(ReviewPlace.place, 0), Assignment.key, Assignment.id)
_GROUP = case((_TO_ANSWER, 0), (Assignment.state == AssignmentState.SUBMITTED, 2), else_=1)


def count_reviews(member_id: int) -> int:
    """How many live assignments a member has. One statement."""
    mine = select(func.count()).select_from(Assignment).where(*_live(member_id))
    return reading().execute(mine).scalar_one()


def reviews(member_id: int, number: int = 1) -> list[ReviewRow]:
    """A page of a member's live assignments: to answer, to score, submitted; by due date. One statement.

    Among equal dates the member's own seed decides: no two members score the same portfolios in the same order.
    """
    query = _rows().where(*_live(member_id)).order_by(_GROUP, _DUE, *_SHUFFLED)
    rows = reading().execute(query.limit(PAGE).offset((number - 1) * PAGE))
    return [ReviewRow(*row) for row in rows]


def sheets_to_finish(member_id: int) -> list[ReviewRow]:
    """What is on a member's desk and not submitted, at most a page, the earliest due first. One statement."""
    query = _rows().where(Assignment.member_id == member_id, Assignment.state.in_(AT_WORK_STATES))
    rows = reading().execute(query.order_by(Assignment.due_at, *_SHUFFLED).limit(PAGE))
    return [ReviewRow(*row) for row in rows]


def next_review(member_id: int, after: str = "") -> str | None:
    """The key of the sheet that is next on a member's desk; `after`: the one that they come from. One statement."""
    query = select(Assignment.key).outerjoin(ReviewPlace, ReviewPlace.assignment_id == Assignment.id)
    query = query.where(Assignment.member_id == member_id, Assignment.state.in_(AT_WORK_STATES))
    keys = list(reading().scalars(query.order_by(Assignment.due_at, *_SHUFFLED).limit(PAGE)))
    place = keys.index(after) + 1 if after in keys else 0
    ahead = [*keys[place:], *keys[:place]]
    return next((key for key in ahead if key != after), None)


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
            Assessment.part_id,
            _of_copies(func.count()),
            _of_copies(func.coalesce(func.sum(func.coalesce(PanelCopy.pages, 1)), 0)),
        )
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .outerjoin(ReviewPlace, ReviewPlace.assignment_id == Assignment.id)
    )


def _of_copies(figure: Any) -> Any:
    """A figure over the panel copies of the statement's portfolio."""
    copies = select(figure).select_from(PanelCopy).join(Evidence, Evidence.id == PanelCopy.evidence_id)
    copies = copies.where(Evidence.portfolio_id == Portfolio.id, PanelCopy.state == CopyState.READY)
    return copies.correlate(Portfolio).scalar_subquery()
