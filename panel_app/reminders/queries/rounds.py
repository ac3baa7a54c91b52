"""Rounds whose reminders run, who coordinates them, and who is parted from which portfolio."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, union_all

from panel_app.accounts.models import Person, RoleGrant
from panel_app.accounts.rules import PersonState
from panel_app.assignment.models import Assignment
from panel_app.conflicts.models import Finding, RoleConflict
from panel_app.conflicts.rules import FindingState
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment
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
    """Which of these people may hear nothing of which portfolio, as (person, portfolio). One statement.

    Whoever made it, has or had an assignment on it, has a finding about it that is not settled in their favour, or must
    keep away from it in a role.
    """
    made = select(PortfolioOwner.person_id, PortfolioOwner.portfolio_id)
    made = made.where(PortfolioOwner.person_id.in_(person_ids))
    assigned = (
        select(Member.person_id, Assessment.portfolio_id)
        .join(Assignment, Assignment.member_id == Member.id)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .where(Member.person_id.in_(person_ids))
    )
    found = (
        select(Member.person_id, Finding.portfolio_id)
        .join(Finding, Finding.member_id == Member.id)
        .where(Member.person_id.in_(person_ids), Finding.state.in_([FindingState.OPEN, FindingState.STANDING]))
    )
    kept_away = select(RoleConflict.person_id, RoleConflict.portfolio_id)
    kept_away = kept_away.where(RoleConflict.person_id.in_(person_ids))
    return frozenset((row[0], row[1]) for row in reading().execute(union_all(made, assigned, found, kept_away)))


def hidden_from(actor: Actor) -> frozenset[int]:
    """The portfolios of which this coordinator may know nothing. One statement."""
    if actor.person_id is None:
        return frozenset()
    return frozenset(portfolio_id for _, portfolio_id in parted([actor.person_id]))
