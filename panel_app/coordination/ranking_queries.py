"""Which portfolios of a round are stuck, and which wait for someone, told by the database: one page of them is read.

`rules/blocking.py` says what blocks one; this says the same of all in the terms that an index can answer.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, union

from panel_app.assignment.models import Assignment
from panel_app.assignment.queries.standing import FIRST_ROLES
from panel_app.assignment.rules import AT_WORK_STATES, LIVE_STATES, AssignmentState
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.rules import CaseState
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    PanelCopy,
    Portfolio,
    PortfolioStatus,
)
from panel_app.portfolios.rules.statuses import BEFORE_PROPOSAL

A = AssessmentStatus
IN_WORK = (A.ASSIGNING, A.SCORING, A.MODERATION)


def is_stuck(round_id: int, places: int, now: datetime) -> ColumnElement[bool]:
    """Of a submitted portfolio: a copy is held, work is on hold or late, or an assessor is missing.

    `rules/blocking.py` says the same of one portfolio, in words; a test compares the two.
    """
    return and_(
        Portfolio.status == PortfolioStatus.SUBMITTED,
        or_(_is_held(), Portfolio.id.in_(_stuck_in_assessment(round_id, places, now))),
    )


def waits(round_id: int, now: datetime, closes_at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Of a submitted portfolio: its next step is a person's, and it is not only that sheets are being written."""
    standing = select(Assessment.portfolio_id).where(Assessment.round_id == round_id)
    waiting = standing.where(Assessment.status.in_((A.ADMITTED, A.ASSIGNING, A.MODERATION, A.PROPOSED)))
    ready = and_(Portfolio.id.in_(standing.where(Assessment.status == A.READY)), closes_at < now)
    return and_(Portfolio.status == PortfolioStatus.SUBMITTED, or_(Portfolio.id.in_(waiting), ready))


def _is_held() -> ColumnElement[bool]:
    held = select(Evidence.portfolio_id).join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
    needed = held.join(Assessment, Assessment.portfolio_id == Evidence.portfolio_id)
    return Portfolio.id.in_(needed.where(PanelCopy.state == CopyState.HELD, Assessment.status.in_(BEFORE_PROPOSAL)))


def _stuck_in_assessment(round_id: int, places: int, now: datetime) -> CompoundSelect[int]:
    """Ids of portfolios, from what is late, on hold or short in their assessments."""
    mine, here = Assessment.portfolio_id, Assessment.round_id == round_id
    assigned = select(mine).join(Assignment, Assignment.assessment_id == Assessment.id)
    assigned = assigned.where(here, Assignment.round_id == round_id, Assessment.status.in_(IN_WORK))
    stalls = Assignment.state.in_((*AT_WORK_STATES, AssignmentState.SUSPENDED))  # said first: an index is sought by it
    late = and_(Assignment.state.in_(AT_WORK_STATES), Assignment.due_at < now)
    is_unanswered = ModerationCase.state == CaseState.WITH_MODERATOR
    is_proposed = Outcome.state == OutcomeState.PROPOSED
    at_it = select(func.count()).where(Assignment.assessment_id == Assessment.id).correlate(Assessment)
    first = at_it.where(Assignment.role.in_(FIRST_ROLES), Assignment.state.in_(LIVE_STATES)).scalar_subquery()
    asked = at_it.where(Assignment.state == AssignmentState.OFFERED).scalar_subquery()
    return union(
        assigned.where(stalls, or_(Assignment.state == AssignmentState.SUSPENDED, late)),
        select(mine)
        .join(ModerationCase, ModerationCase.assessment_id == Assessment.id)
        .where(here, Assessment.status == A.MODERATION, is_unanswered, ModerationCase.due_at < now),
        select(mine)
        .join(Outcome, Outcome.assessment_id == Assessment.id)
        .where(here, Assessment.status == A.PROPOSED, is_proposed, Outcome.sign_off_by < now),
        select(mine).where(here, Assessment.status == A.ASSIGNING, or_(first < places, asked == 0)),
    )
