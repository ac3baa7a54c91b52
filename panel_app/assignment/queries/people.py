"""The persons behind assignments: whom to write to. Never a candidate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.accounts.queries import actor_of, holders
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.queries.domains import domains_of
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round, RubricPart


@dataclass(frozen=True)
class OfferToTell:
    """An offer as its message tells it: reference, part, domains, dates; nothing of the candidate."""

    assignment_id: int
    key: str
    person_id: int
    role: AssignmentRole
    reference: str
    part: str
    domains: tuple[str, ...]
    answer_by: datetime
    due_at: datetime
    round_id: int
    round_title: str
    zone: str


def offers_to_tell(assignment_ids: Collection[int]) -> list[OfferToTell]:
    """The offers with these ids, by member and reference. Two statements."""
    rows = (
        reading()
        .execute(
            select(
                Assignment.id,
                Assignment.key,
                Assignment.assessment_id,
                Assignment.role,
                Assignment.answer_by,
                Assignment.due_at,
                Member.person_id,
                Portfolio.reference,
                RubricPart.title,
                Round.id.label("round_id"),
                Round.title.label("round_title"),
                Round.zone,
            )
            .join(Member, Member.id == Assignment.member_id)
            .join(Assessment, Assessment.id == Assignment.assessment_id)
            .join(RubricPart, RubricPart.id == Assessment.part_id)
            .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
            .join(Round, Round.id == Portfolio.round_id)
            .where(Assignment.id.in_(assignment_ids))
            .order_by(Member.person_id, Portfolio.reference, Assignment.id)
        )
        .all()
    )
    domains = domains_of({row.assessment_id for row in rows})
    return [
        OfferToTell(
            assignment_id=row.id,
            key=row.key,
            person_id=row.person_id,
            role=row.role,
            reference=row.reference,
            part=row.title,
            domains=domains[row.assessment_id],
            answer_by=row.answer_by,
            due_at=row.due_at,
            round_id=row.round_id,
            round_title=row.round_title,
            zone=row.zone,
        )
        for row in rows
    ]


def coordinators(round_id: int) -> list[Actor]:
    """The active coordinators of a round, as actors. Three statements each, for a handful of people."""
    return [actor_of(person_id) for person_id in holders(Role.COORDINATOR, round_id)]


@dataclass(frozen=True)
class AboutWork:
    """An assignment as later messages name it."""

    key: str
    person_id: int
    reference: str
    due_at: datetime
    zone: str
    round_key: str
    round_title: str
    portfolio_key: str


def about_work(assignment_id: int) -> AboutWork:
    """One assignment for a message. Raises NoResultFound. One statement."""
    row = (
        reading()
        .execute(
            select(Assignment.key, Member.person_id, Portfolio.reference, Assignment.due_at, Round.zone, Round.key)
            .add_columns(Round.title, Portfolio.key)
            .join(Member, Member.id == Assignment.member_id)
            .join(Assessment, Assessment.id == Assignment.assessment_id)
            .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
            .join(Round, Round.id == Portfolio.round_id)
            .where(Assignment.id == assignment_id)
        )
        .one()
    )
    return AboutWork(*row)


def member_names(member_ids: Collection[int]) -> dict[int, str]:
    """Member id → name, for coordinators. One statement."""
    found = select(Member.id, Person.name).join(Person, Person.id == Member.person_id).where(Member.id.in_(member_ids))
    return {row[0]: row[1] for row in reading().execute(found)}


def member_name(member_id: int) -> str:
    """The name of a panel member, for coordinators. Raises NoResultFound. One statement."""
    found = select(Person.name).join(Member, Member.person_id == Person.id).where(Member.id == member_id)
    return reading().execute(found).scalar_one()
