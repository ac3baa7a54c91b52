"""Who sits where: assessments and assignments of a portfolio as they stand, by the portfolio's key."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import LIVE_STATES, AssignmentState
from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import FindingState
from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.rules import OutcomeState
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, Portfolio


@dataclass(frozen=True)
class Place:
    """A live assignment: its key, role and state, and the person who has it."""

    key: str
    role: AssignmentRole
    state: AssignmentState
    person_id: int


def assessment_key(portfolio_key: str) -> str:
    """The key of a portfolio's one assessment."""
    found = select(Assessment.key).join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    return reading().execute(found.where(Portfolio.key == portfolio_key)).scalar_one()


def places(portfolio_key: str) -> list[Place]:
    """The live assignments, the oldest first."""
    rows = reading().execute(
        select(Assignment.key, Assignment.role, Assignment.state, Member.person_id)
        .join(Member, Member.id == Assignment.member_id)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(Portfolio.key == portfolio_key, Assignment.state.in_(LIVE_STATES))
        .order_by(Assignment.id)
    )
    return [Place(*row) for row in rows]


def firsts(portfolio_key: str) -> list[Place]:
    """The live assignments of the first assessors."""
    return [each for each in places(portfolio_key) if each.role is not AssignmentRole.THIRD]


def third(portfolio_key: str) -> Place:
    """The live assignment of the third assessor."""
    return next(each for each in places(portfolio_key) if each.role is AssignmentRole.THIRD)


def member_key(person_id: int) -> str:
    """The key of a person as a panel member."""
    return reading().execute(select(Member.key).where(Member.person_id == person_id)).scalar_one()


def open_finding(person_id: int, portfolio_key: str) -> str:
    """The key of a member's finding that waits for a decision."""
    found = select(Finding.key).join(Member, Member.id == Finding.member_id)
    found = found.join(Portfolio, Portfolio.id == Finding.portfolio_id).where(Finding.state == FindingState.OPEN)
    return reading().execute(found.where(Member.person_id == person_id, Portfolio.key == portfolio_key)).scalar_one()


def case_key(portfolio_key: str) -> str | None:
    """The key of a portfolio's moderation case, if it has one that is not closed."""
    found = select(ModerationCase.key).join(Assessment, Assessment.id == ModerationCase.assessment_id)
    found = found.join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    return reading().scalar(found.where(Portfolio.key == portfolio_key, ModerationCase.closed_at.is_(None)))


def outcome_key(portfolio_key: str) -> str:
    """The key of what is proposed for a portfolio."""
    found = select(Outcome.key).join(Assessment, Assessment.id == Outcome.assessment_id)
    found = found.join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    alive = found.where(Portfolio.key == portfolio_key, Outcome.state != OutcomeState.DROPPED)
    return reading().execute(alive).scalar_one()
