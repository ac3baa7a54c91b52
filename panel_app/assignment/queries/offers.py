"""What a member reads of an assignment, and the lists by member and by assessment. Nothing of the candidate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from panel_app.assignment.models import Assignment, AssignmentMove, AssignmentRole
from panel_app.assignment.queries.domains import domains_of
from panel_app.assignment.rules import AssignmentAct, AssignmentState
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Programme, Round, Rubric, RubricPart


@dataclass(frozen=True)
class OwnAssignment:
    """An assignment of a member as lists and the offer page show it; instants in UTC, to be shown in `zone`."""

    id: int
    key: str
    assessment_id: int
    state: AssignmentState
    role: AssignmentRole
    reference: str
    part: str
    programme: str
    round_id: int
    round_title: str
    zone: str
    release_at: datetime
    offered_at: datetime
    answer_by: datetime
    due_at: datetime
    state_since: datetime
    submitted_at: datetime | None
    deferred_until: date | None
    domains: tuple[str, ...] = ()


_OWN = (
    Assignment.id,
    Assignment.key,
    Assignment.assessment_id,
    Assignment.state,
    Assignment.role,
    Portfolio.reference,
    RubricPart.title.label("part"),
    Programme.code.label("programme"),
    Round.id.label("round_id"),
    Round.title.label("round_title"),
    Round.zone,
    Round.release_at,
    Assignment.offered_at,
    Assignment.answer_by,
    Assignment.due_at,
    Assignment.state_since,
    Assignment.submitted_at,
    Assignment.deferred_until,
)


def own_assignment(key: str) -> OwnAssignment | None:
    """One assignment with the domains of its portfolio. Two statements."""
    found = _rows(_own().where(Assignment.key == key))
    return found[0] if found else None


def assignments_of_member(
    member_id: int, states: Collection[AssignmentState] = tuple(AssignmentState), offset: int = 0, limit: int = 200
) -> list[OwnAssignment]:
    """A member's assignments in some states, by due date, then key; `limit` at most. Two statements at any size."""
    query = _own().where(Assignment.member_id == member_id, Assignment.state.in_(states))
    return _rows(query.order_by(Assignment.due_at, Assignment.key).offset(offset).limit(limit))


def _own() -> Select[*tuple[Any, ...]]:
    return (
        select(*_OWN)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Rubric, Rubric.id == Round.rubric_id)
        .join(Programme, Programme.id == Rubric.programme_id)
    )


def _rows(query: Select[*tuple[Any, ...]]) -> list[OwnAssignment]:
    rows = reading().execute(query).mappings().all()
    domains = domains_of({row["assessment_id"] for row in rows})
    return [OwnAssignment(**row, domains=domains[row["assessment_id"]]) for row in rows]


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment of an assessment as services and coordinators need it; `member` is the panel member's key."""

    id: int
    key: str
    assessment_id: int
    member_id: int
    member: str
    person_id: int
    state: AssignmentState
    role: AssignmentRole
    reason: str
    offered_at: datetime
    answer_by: datetime
    due_at: datetime
    state_since: datetime
    accepted_at: datetime | None
    submitted_at: datetime | None
    deferred_until: date | None
    ended_reason: str | None


def assignments_of(assessment_id: int) -> list[AssignmentRow]:
    """Every assignment of an assessment, ended ones too, the oldest first. One statement."""
    query = (
        select(
            Assignment.id,
            Assignment.key,
            Assignment.assessment_id,
            Assignment.member_id,
            Member.key.label("member"),
            Member.person_id,
            Assignment.state,
            Assignment.role,
            Assignment.reason,
            Assignment.offered_at,
            Assignment.answer_by,
            Assignment.due_at,
            Assignment.state_since,
            Assignment.accepted_at,
            Assignment.submitted_at,
            Assignment.deferred_until,
            Assignment.ended_reason,
        )
        .join(Member, Member.id == Assignment.member_id)
        .where(Assignment.assessment_id == assessment_id)
        .order_by(Assignment.id)
    )
    return [AssignmentRow(**row) for row in reading().execute(query).mappings()]


@dataclass(frozen=True)
class MoveRow:
    """One move of an assignment; `act` is empty for the offer itself and for a later due date."""

    assignment_id: int
    act: AssignmentAct | None
    state: AssignmentState
    at: datetime
    reason: str


def moves_of(assignment_ids: Collection[int]) -> list[MoveRow]:
    """The moves of some assignments, the oldest first. One statement."""
    columns = (
        AssignmentMove.assignment_id,
        AssignmentMove.act,
        AssignmentMove.state,
        AssignmentMove.at,
        AssignmentMove.reason,
    )
    query = select(*columns).where(AssignmentMove.assignment_id.in_(assignment_ids)).order_by(AssignmentMove.id)
    return [MoveRow(**row) for row in reading().execute(query).mappings()]
