"""What policies and services must know of one assignment or assessment, by its key, in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, false, select

from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.programmes.models import Round, RubricPart

FIRST_ROLES = frozenset({AssignmentRole.ASSESSOR, AssignmentRole.LEAD})
"""The places that a round promises for every portfolio."""
_UNSEEN_ROLES = frozenset({AssignmentRole.THIRD, AssignmentRole.FRESH})


def told_as(role: AssignmentRole) -> AssignmentRole:
    """Return as what a member is told that they are asked: who scores unseen is an assessor, whichever they are.

    That a third or a fresh one is asked says that others scored, and what came of it. Pages and mails go by this.
    """
    return AssignmentRole.ASSESSOR if role in _UNSEEN_ROLES else role


@dataclass(frozen=True)
class AssessmentPlace:
    """One assessment with its portfolio, part and round."""

    assessment_id: int
    assessment_key: str
    assessment_status: AssessmentStatus
    part: str
    portfolio_id: int
    portfolio_key: str
    reference: str
    round_id: int
    round_key: str
    zone: str
    scoring_due_at: datetime


@dataclass(frozen=True)
class AssignmentFacts(AssessmentPlace):
    """One assignment with its assessment."""

    id: int
    key: str
    state: AssignmentState
    role: AssignmentRole
    member_id: int
    member_key: str
    due_at: datetime


_PLACE = (
    Assessment.id.label("assessment_id"),
    Assessment.key.label("assessment_key"),
    Assessment.status.label("assessment_status"),
    RubricPart.code.label("part"),
    Portfolio.id.label("portfolio_id"),
    Portfolio.key.label("portfolio_key"),
    Portfolio.reference,
    Round.id.label("round_id"),
    Round.key.label("round_key"),
    Round.zone,
    Round.scoring_due_at,
)
_OWN = (
    Assignment.id,
    Assignment.key,
    Assignment.state,
    Assignment.role,
    Assignment.member_id,
    Member.key.label("member_key"),
    Assignment.due_at,
)


def assessment_place(key: str) -> AssessmentPlace | None:
    """One assessment by its public key. One statement."""
    row = reading().execute(_places().where(Assessment.key == key)).mappings().one_or_none()
    return AssessmentPlace(**row) if row else None


def assessment_place_by_id(assessment_id: int) -> AssessmentPlace:
    """One assessment by its id. Raises NoResultFound. One statement."""
    return AssessmentPlace(**reading().execute(_places().where(Assessment.id == assessment_id)).mappings().one())


def assignment_facts(key: str) -> AssignmentFacts | None:
    """One assignment by its public key. One statement."""
    row = reading().execute(_BY_KEY, {"assignment_key": key}).mappings().one_or_none()
    return AssignmentFacts(**row) if row else None


def assignment_facts_by_id(assignment_id: int) -> AssignmentFacts:
    """One assignment by its id. Raises NoResultFound. One statement."""
    return AssignmentFacts(**reading().execute(_assignments().where(Assignment.id == assignment_id)).mappings().one())


def states_of(assessment_id: int) -> list[tuple[AssignmentRole, AssignmentState]]:
    """Role and state of every assignment of an assessment, the oldest first. One statement."""
    query = select(Assignment.role, Assignment.state).filter_by(assessment_id=assessment_id).order_by(Assignment.id)
    return [(row.role, row.state) for row in reading().execute(query)]


def member_id_of(key: str) -> int | None:
    """The id of the panel member with this key. One statement."""
    return reading().scalar(select(Member.id).where(Member.key == key))


def assigned_portfolios(member_id: int | None) -> Select[int]:
    """The ids of the portfolios on which a member has or had an assignment: to be embedded in a list's statement.

    For somebody who is no member none, and no assignment is looked at for it.
    """
    found = select(Assessment.portfolio_id).join(Assignment, Assignment.assessment_id == Assessment.id)
    return found.where(false() if member_id is None else Assignment.member_id == member_id)


def had_a_part(member_id: int, portfolio_id: int) -> bool:
    """Whether the member has or ever had an assignment on the portfolio. One statement."""
    return bool(reading().scalar(select(exists().where(*_of_pair(member_id), Assessment.portfolio_id == portfolio_id))))


def holds_state(member_id: int, portfolio_id: int, states: Iterable[AssignmentState]) -> bool:
    """Whether the member has an assignment on the portfolio in one of these states. One statement."""
    found = exists().where(*_of_pair(member_id), Assessment.portfolio_id == portfolio_id, Assignment.state.in_(states))
    return bool(reading().scalar(select(found)))


def holds_state_on(member_id: int, assessment_id: int, states: Iterable[AssignmentState]) -> bool:
    """Whether the member has an assignment on this very assessment in one of these states. One statement."""
    found = exists().where(Assignment.member_id == member_id, Assignment.assessment_id == assessment_id)
    return bool(reading().scalar(select(found.where(Assignment.state.in_(states)))))


def _of_pair(member_id: int) -> tuple[Any, ...]:
    return Assignment.member_id == member_id, Assessment.id == Assignment.assessment_id


def _places(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*_PLACE, *more)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
    )


def _assignments() -> Select[*tuple[Any, ...]]:
    joined = _places(*_OWN).join(Assignment, Assignment.assessment_id == Assessment.id)
    return joined.join(Member, Member.id == Assignment.member_id)


_BY_KEY = _assignments().where(Assignment.key == bindparam("assignment_key"))
"""Built once: it is asked at each save of a sheet."""
