"""Reads for the register's pages. What the reader may not see is left out of rows and counts alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import aliased

from panel_app.accounts.models import Person
from panel_app.conflicts.models import Finding, FindingDecision
from panel_app.conflicts.rules import FINDING, FindingState, Strength
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.words import Sentence
from panel_app.panel.models import Member
from panel_app.portfolios.models import Portfolio, PortfolioStatus
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.programmes.models import Round
from panel_app.programmes.rules.states import RoundState

PER_PAGE = 25
MOST_DECISIONS = 50
ORDER = tuple(FINDING.states)
"""States in the order in which the register shows them: what needs a decision first."""


@dataclass(frozen=True)
class FindingRow:
    """A finding with its member and portfolio. `decision_reason`: why, where a decision holds."""

    key: str
    kind: str
    member: str
    portfolio_key: str
    reference: str
    strength: Strength
    state: FindingState
    why: Sentence
    since: datetime
    decide_by: datetime | None
    decision_reason: str | None
    decided_by: str | None


@dataclass(frozen=True)
class DecisionRow:
    """What was decided about a finding, when, by whom and why."""

    act: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """A round with findings that need a decision: how many, and the earliest date."""

    round_key: str
    round_code: str
    zone: str
    findings: int
    decide_by: datetime | None


def register_page(
    round_id: int, reader: Actor, state: FindingState | None, number: int
) -> tuple[list[FindingRow], dict[FindingState, int]]:
    """One page of a round's register, and the number of findings by state. Two statements."""
    rows = _rows().where(*_seen(round_id, reader))
    if state is not None:
        rows = rows.where(Finding.state == state)
    place = case({each: place for place, each in enumerate(ORDER)}, value=Finding.state)
    page = rows.order_by(place, Finding.state_since.desc(), Finding.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return [_row(row) for row in reading().execute(page)], _counts(round_id, reader)


def _counts(round_id: int, reader: Actor) -> dict[FindingState, int]:
    found = select(Finding.state, func.count()).join(Member, Member.id == Finding.member_id)
    found = found.join(Portfolio, Portfolio.id == Finding.portfolio_id).where(*_seen(round_id, reader))
    counted = dict(reading().execute(found.group_by(Finding.state)).all())
    return {state: counted.get(state, 0) for state in ORDER}


def finding_row(round_id: int, key: str) -> FindingRow | None:
    """One finding of a round. One statement."""
    row = reading().execute(_rows().where(Portfolio.round_id == round_id, Finding.key == key)).one_or_none()
    return _row(row) if row else None


def decisions_of(key: str) -> list[DecisionRow]:
    """What was decided about a finding, the latest first. One statement."""
    rows = reading().execute(
        select(FindingDecision.act, FindingDecision.reason, Person.name, FindingDecision.at)
        .join(Finding, Finding.id == FindingDecision.finding_id)
        .outerjoin(Person, Person.id == FindingDecision.author_id)
        .where(Finding.key == key)
        .order_by(FindingDecision.id.desc())
        .limit(MOST_DECISIONS)
    )
    return [DecisionRow(FINDING.acts[act].title, reason, name or "", at) for act, reason, name, at in rows]


def waiting_for(reader: Actor, round_ids: frozenset[int]) -> list[Waiting]:
    """The rounds among these with findings that wait for a decision of this reader's. One statement."""
    rows = reading().execute(
        select(Round.key, Round.code, Round.zone, func.count(), func.min(Finding.decide_by))
        .join(Portfolio, Portfolio.round_id == Round.id)
        .join(Finding, Finding.portfolio_id == Portfolio.id)
        .join(Member, Member.id == Finding.member_id)
        .where(Round.id.in_(round_ids), Round.state == RoundState.PUBLISHED, Finding.state == FindingState.OPEN)
        .where(*_others(reader))
        .group_by(Round.id, Round.key, Round.code, Round.zone)
        .order_by(func.min(Finding.decide_by), Round.id)
    )
    return [Waiting(*row) for row in rows]


def _seen(round_id: int, reader: Actor) -> list[ColumnElement[bool]]:
    return [Portfolio.round_id == round_id, *_others(reader)]


def _others(reader: Actor) -> list[ColumnElement[bool]]:
    """What a reader sees: of portfolios that count, that aren't hidden from them, and never about themself."""
    counted = Portfolio.status == PortfolioStatus.SUBMITTED
    not_self = Member.person_id != (reader.person_id if reader.person_id is not None else 0)
    return [counted, not_self, *visible_to(reader)]


def _rows() -> Select[*tuple[Any, ...]]:
    decider = aliased(Person)
    return (
        select(
            Finding,
            Person.name.label("member"),
            Portfolio.key.label("portfolio_key"),
            Portfolio.reference,
            decider.name.label("decided_by"),
        )
        .join(Member, Member.id == Finding.member_id)
        .join(Person, Person.id == Member.person_id)
        .join(Portfolio, Portfolio.id == Finding.portfolio_id)
        .outerjoin(decider, decider.id == Finding.decided_by_id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> FindingRow:
    finding: Finding = row.Finding
    return FindingRow(
        key=finding.key,
        kind=finding.kind,
        member=row.member,
        portfolio_key=row.portfolio_key,
        reference=row.reference,
        strength=finding.strength,
        state=finding.state,
        why=finding.why,
        since=finding.state_since,
        decide_by=finding.decide_by,
        decision_reason=finding.decision_reason,
        decided_by=row.decided_by,
    )
