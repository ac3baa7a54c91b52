"""Rounds whose reminders run, who coordinates them, and who is parted from which portfolio."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all

from panel_app.accounts.models import Person, RoleGrant
from panel_app.accounts.rules import PersonState
from panel_app.assignment.models import Assignment
from panel_app.conflicts.models import RoleConflict
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round, WorkingVersion
from panel_app.programmes.rules.policies import WorkingPolicy
from panel_app.programmes.rules.states import RoundState
from panel_app.reminders.rules.occurrences import Reader


@dataclass(frozen=True)
class RoundAtWork:
    """A published round as reminders need it, with the working policy that holds."""

    id: int
    key: str
    title: str
    zone: str
    working: WorkingPolicy


def rounds_at_work(now: datetime, round_id: int | None = None) -> list[RoundAtWork]:
    """Every published round (or one of them) with the policy that holds at `now`. One statement."""
    version = WorkingVersion
    newest = (
        select(version.id)
        .where(version.round_id == Round.id, version.effective_at <= now)
        .order_by(version.effective_at.desc(), version.version.desc())
        .limit(1)
        .correlate(Round)
        .scalar_subquery()
    )
    query = (
        select(Round.id, Round.key, Round.title, Round.zone, version.policy)
        .join(version, version.id == newest)
        .where(Round.state == RoundState.PUBLISHED)
        .order_by(Round.id)
    )
    if round_id is not None:
        query = query.where(Round.id == round_id)
    return [
        RoundAtWork(row.id, row.key, row.title, row.zone, WorkingPolicy.read(row.policy))
        for row in reading().execute(query)
    ]


def coordinators(round_id: int) -> tuple[Reader, ...]:
    """The active coordinators of a round, to write to. One statement."""
    rows = reading().execute(
        select(
            Person.id,
            func.coalesce(Person.address_form, Person.name),
            func.coalesce(Person.zone, Round.zone),
            Person.locale,
        )
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Round, Round.id == RoleGrant.round_id)
        .where(RoleGrant.round_id == round_id, RoleGrant.role == Role.COORDINATOR, Person.state == PersonState.ACTIVE)
        .order_by(Person.id)
    )
    return tuple(Reader(*row) for row in rows)


def parted(person_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """Which of these people may hear nothing of which portfolio, as (person, portfolio). One statement."""
    found = (each.where(each.selected_columns[0].in_(person_ids)) for each in _partings())
    return frozenset((row[0], row[1]) for row in reading().execute(union_all(*found)))


def is_parted() -> ColumnElement[bool]:
    """Of a statement with Person and Portfolio: whether that person may hear nothing of that portfolio."""
    pairs = (
        each.where(each.selected_columns[0] == Person.id, each.selected_columns[1] == Portfolio.id)
        for each in _partings()
    )
    return or_(*(each.correlate(Person, Portfolio).exists() for each in pairs))


def _partings() -> tuple[Select[int, int], ...]:
    """People in a role and portfolios: who made it, has or had an assignment on it, or must keep away from it.

    The register of conflicts keeps away whoever has a finding there that is not settled in their favour.
    """
    asked = (
        select(Member.person_id, Assessment.portfolio_id)
        .join(Assignment, Assignment.member_id == Member.id)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
    )
    made = select(PortfolioOwner.person_id, PortfolioOwner.portfolio_id)
    return made, asked, select(RoleConflict.person_id, RoleConflict.portfolio_id)


def hidden_from(actor: Actor) -> frozenset[int]:
    """The portfolios of which this coordinator may know nothing. One statement."""
    if actor.person_id is None:
        return frozenset()
    return frozenset(portfolio_id for _, portfolio_id in parted([actor.person_id]))
