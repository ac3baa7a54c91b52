"""The question that a plan answers, read from the database: one round, or one assessment of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select

from panel_app.accounts.models import Person, RoleGrant
from panel_app.accounts.rules import PersonState
from panel_app.assignment.models import Assignment
from panel_app.assignment.place_rules import (
    CLOSED_ACCOUNT,
    OTHER_PART,
    UNCHECKED,
    RoundDates,
    answer_by,
    away,
    due_for,
)
from panel_app.assignment.problem import Member as ProblemMember
from panel_app.assignment.problem import PairKey, Problem
from panel_app.assignment.problem import Portfolio as ProblemPortfolio
from panel_app.assignment.queries.standing import FIRST_ROLES
from panel_app.assignment.rules import LIVE_STATES
from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import UNSETTLED_STATES, FindingState
from panel_app.foundation.actors import Role
from panel_app.foundation.database import reading
from panel_app.foundation.words import Sentence
from panel_app.panel.models import Member, Seat
from panel_app.portfolios.models import Assessment, AssessmentStatus, Evidence, EvidenceState, Portfolio
from panel_app.portfolios.models import Mapping as DomainMapping
from panel_app.programmes.models import Domain, Round, Rubric, RubricPart
from panel_app.programmes.queries import RoundView, promised, working

OPEN_ACCOUNTS = (PersonState.INVITED, PersonState.ACTIVE)
TO_PLAN = (AssessmentStatus.ADMITTED, AssessmentStatus.ASSIGNING)
"""Assessments that a plan may fill: admitted, or short of someone."""


@dataclass(frozen=True)
class Terms:
    """What a round asks of offers made now: places per part, last instants to answer and to submit, and their days."""

    round_id: int
    assessors: Mapping[str, int]
    offered_at: datetime
    answer_by: datetime
    due_at: datetime
    days: tuple[date, date]


def terms(round_: RoundView, now: datetime) -> Terms:
    """The terms of offers made now. Two statements."""
    offer_days = working(round_.id, now).offer_days
    dates = RoundDates(round_.closes_at, round_.scoring_due_at, round_.release_at)
    due_at = due_for(dates, now, offer_days)
    zone = ZoneInfo(round_.zone)
    days = (now.astimezone(zone).date(), due_at.astimezone(zone).date())
    return Terms(round_.id, promised(round_.id).assessors, now, answer_by(now, offer_days, due_at), due_at, days)


def problem(round_: RoundView, now: datetime, assessment_ids: Collection[int] | None = None) -> Problem:
    """The problem of a round, or of some assessments in it; portfolios stand under their assessments' keys.

    Eight statements.
    """
    given = terms(round_, now)
    keys = _assessment_keys(round_.id, assessment_ids)
    held, asked = _held_and_asked(round_.id, assessment_ids)
    domains = _domains(round_.id, assessment_ids)
    barred, undecided = _closed(round_.id, assessment_ids)
    return Problem(
        members=_members(round_.id, given.days),
        portfolios=tuple(
            ProblemPortfolio(
                key,
                places=given.assessors[part],
                domains=domains[key],
                held=frozenset(held[key]),
            )
            for key, part in keys
        ),
        barred=barred,
        undecided=undecided,
        asked=frozenset(asked),
    )


def _members(round_id: int, days: tuple[date, date]) -> tuple[ProblemMember, ...]:
    """Two statements."""
    loads = (
        select(Assignment.member_id, func.count().label("load"))
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(Portfolio.round_id == round_id, Assignment.state.in_(LIVE_STATES))
        .group_by(Assignment.member_id)
        .subquery()
    )
    rows = reading().execute(
        select(
            Member.key,
            Member.person_id,
            Person.state,
            Member.domains,
            Member.interests_checked_at,
            Seat.capacity,
            Seat.away_from,
            Seat.away_until,
            loads.c.load,
        )
        .join(Seat, Seat.member_id == Member.id)
        .join(Person, Person.id == Member.person_id)
        .outerjoin(loads, loads.c.member_id == Member.id)
        .where(Seat.round_id == round_id)
        .order_by(Member.key)
    )
    others = with_other_part(round_id)
    return tuple(
        ProblemMember(
            row.key,
            capacity=row.capacity,
            domains=frozenset(row.domains),
            load=row.load or 0,
            out=_out(row, others, days),
        )
        for row in rows
    )


def _out(row: Row[Any], others: frozenset[int], days: tuple[date, date]) -> Sentence | None:
    if row.state not in OPEN_ACCOUNTS:
        return CLOSED_ACCOUNT
    if row.person_id in others:
        return OTHER_PART
    return UNCHECKED if row.interests_checked_at is None else away(row.away_from, row.away_until, days)


def with_other_part(round_id: int) -> frozenset[int]:
    """The persons who coordinate, moderate or sign in a round. One statement."""
    roles = (Role.COORDINATOR, Role.MODERATOR, Role.SIGNER)
    found = select(RoleGrant.person_id).where(RoleGrant.round_id == round_id, RoleGrant.role.in_(roles))
    return frozenset(reading().scalars(found))


def _within(round_id: int, assessment_ids: Collection[int] | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Columns of some assessments, or of all in a round that a plan may fill."""
    query = select(Assessment.key, *columns).join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    if assessment_ids is not None:
        return query.where(Assessment.id.in_(assessment_ids))
    return query.where(Portfolio.round_id == round_id, Assessment.status.in_(TO_PLAN))


def _assessment_keys(round_id: int, assessment_ids: Collection[int] | None) -> list[tuple[str, str]]:
    query = _within(round_id, assessment_ids, RubricPart.code).join(RubricPart, RubricPart.id == Assessment.part_id)
    return [(row.key, row.code) for row in reading().execute(query.order_by(Assessment.key))]


def _held_and_asked(round_id: int, assessment_ids: Collection[int] | None) -> tuple[dict[str, set[str]], set[PairKey]]:
    """Members with a live place, and pairs that came to nothing or that the member saw before."""
    query = _within(round_id, assessment_ids, Member.key.label("member"), Assignment.state, Assignment.role)
    query = query.join(Assignment, Assignment.assessment_id == Assessment.id)
    held: dict[str, set[str]] = defaultdict(set)
    asked: set[PairKey] = set()
    for row in reading().execute(query.join(Member, Member.id == Assignment.member_id).order_by(Assignment.id)):
        if row.state in LIVE_STATES and row.role in FIRST_ROLES:
            held[row.key].add(row.member)
        else:
            asked.add((row.member, row.key))
    return held, asked


def _domains(round_id: int, assessment_ids: Collection[int] | None) -> dict[str, frozenset[str]]:
    """Assessment → the domains of the framework that its portfolio's evidence bears on."""
    query = (
        _within(round_id, assessment_ids, DomainMapping.target)
        .join(Evidence, Evidence.portfolio_id == Portfolio.id)
        .join(DomainMapping, DomainMapping.evidence_id == Evidence.id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Rubric, Rubric.id == Round.rubric_id)
        .join(Domain, (Domain.framework_id == Rubric.framework_id) & (Domain.code == DomainMapping.target))
        .where(Evidence.state == EvidenceState.LISTED)
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in reading().execute(query):
        found[row.key].add(row.target)
    return defaultdict(frozenset, {key: frozenset(codes) for key, codes in found.items()})


def _closed(round_id: int, assessment_ids: Collection[int] | None) -> tuple[dict[PairKey, str], dict[PairKey, str]]:
    """Pairs that the register bars, and pairs that wait for a decision, each with the reason in words."""
    columns = (Member.key.label("member"), Finding.state, Finding.reason, Finding.reason_params)
    query = _within(round_id, assessment_ids, *columns)
    query = query.join(Finding, Finding.portfolio_id == Portfolio.id).join(Member, Member.id == Finding.member_id)
    query = query.where(Finding.state.in_(UNSETTLED_STATES)).order_by(Finding.kind, Finding.id)
    barred: dict[PairKey, str] = {}
    undecided: dict[PairKey, str] = {}
    for row in reading().execute(query):
        kept = barred if row.state is FindingState.STANDING else undecided
        kept.setdefault((row.member, row.key), str(Sentence(row.reason, row.reason_params)))
    return barred, undecided
