"""Reads of plans, for the services that write them and for the coordinator's page. Members' names, no candidate's."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from panel_app.accounts.models import Person
from panel_app.assignment.models import Assignment, Plan, PlanPair, PlanShortfall
from panel_app.assignment.plan_rules import PlanState
from panel_app.assignment.queries.domains import domains_of
from panel_app.assignment.queries.standing import FIRST_ROLES
from panel_app.assignment.rules import LIVE_STATES, AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.panel.models import Member, Seat
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.portfolios.queries.visibility import visible_to

PER_PAGE = 25


@dataclass(frozen=True)
class PlannedPair:
    """A pair of a plan by ids and keys."""

    assessment_id: int
    assessment: str
    member_id: int
    member: str
    reason: str


def draft_id_of(round_id: int) -> int | None:
    """The id of the round's draft. One statement."""
    return reading().scalar(select(Plan.id).filter_by(round_id=round_id, state=PlanState.DRAFT))


@dataclass(frozen=True)
class PairPage:
    """A pair of a draft as the page to take it out names it."""

    key: str
    name: str
    reference: str
    assessment_key: str
    reason: str


def pair_page(round_id: int, pair_key: str) -> PairPage | None:
    """One pair of the round's draft. One statement."""
    found = (
        select(PlanPair.key, Person.name, Portfolio.reference, Assessment.key, PlanPair.reason)
        .join(Plan, Plan.id == PlanPair.plan_id)
        .join(Member, Member.id == PlanPair.member_id)
        .join(Person, Person.id == Member.person_id)
        .join(Assessment, Assessment.id == PlanPair.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(PlanPair.key == pair_key, Plan.round_id == round_id, Plan.state == PlanState.DRAFT)
    )
    row = reading().execute(found).one_or_none()
    return PairPage(*row) if row else None


def planned_pairs(plan_id: int) -> list[PlannedPair]:
    """Every pair of a plan, in the order in which they were written. One statement."""
    rows = reading().execute(
        select(PlanPair.assessment_id, Assessment.key, PlanPair.member_id, Member.key, PlanPair.reason)
        .join(Assessment, Assessment.id == PlanPair.assessment_id)
        .join(Member, Member.id == PlanPair.member_id)
        .where(PlanPair.plan_id == plan_id)
        .order_by(PlanPair.id)
    )
    return [PlannedPair(*row) for row in rows]


@dataclass(frozen=True)
class PlanHead:
    """A plan: which, where it stands, and its size as the viewer may know it."""

    id: int
    key: str
    number: int
    state: PlanState
    made_at: datetime
    sent_at: datetime | None
    took_ms: int
    pairs: int
    portfolios: int
    missing: int


def plan_head(round_id: int, viewer: Actor) -> PlanHead | None:
    """The round's draft, else its last sent plan; counts leave out what the viewer may not see. Two statements."""
    shown = (PlanState.DRAFT, PlanState.SENT)
    # A draft is always the latest that was not dropped.
    query = select(Plan).where(Plan.round_id == round_id, Plan.state.in_(shown)).order_by(Plan.number.desc()).limit(1)
    plan = reading().scalars(query).one_or_none()
    if plan is None:
        return None
    pairs = _seen(select(func.count()), PlanPair, plan.id, viewer)
    missing = _seen(select(func.coalesce(func.sum(PlanShortfall.missing), 0)), PlanShortfall, plan.id, viewer)
    portfolios = select(func.count()).select_from(Assessment).join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    portfolios = portfolios.where(_in_plan(plan.id), *visible_to(viewer))
    row = reading().execute(select(pairs.scalar_subquery(), portfolios.scalar_subquery(), missing.scalar_subquery()))
    return PlanHead(plan.id, plan.key, plan.number, plan.state, plan.made_at, plan.sent_at, plan.took_ms, *row.one())


def _seen(what: Select[int], kind: type[PlanPair] | type[PlanShortfall], plan_id: int, viewer: Actor) -> Select[int]:
    found = what.select_from(kind).join(Assessment, Assessment.id == kind.assessment_id)
    found = found.join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    return found.where(kind.plan_id == plan_id, *visible_to(viewer))


def _in_plan(plan_id: int) -> ColumnElement[bool]:
    paired = select(PlanPair.assessment_id).where(PlanPair.plan_id == plan_id)
    short = select(PlanShortfall.assessment_id).where(PlanShortfall.plan_id == plan_id)
    return or_(Assessment.id.in_(paired), Assessment.id.in_(short))


@dataclass(frozen=True)
class PairRow:
    """A pair on the page. `state`: of the offer that was sent for it, none before; `fit` per thousand."""

    key: str
    member: str
    name: str
    fit: int
    reason: str
    changed_reason: str | None
    state: AssignmentState | None
    member_domains: frozenset[str]


@dataclass(frozen=True)
class OtherRow:
    """A member with a live place on a portfolio of the plan that the plan did not give: asked before, or since."""

    name: str
    state: AssignmentState
    member_domains: frozenset[str]


@dataclass(frozen=True)
class PlanRow:
    """A portfolio of the plan with its pairs, who was asked beside it, and what is missing."""

    assessment_id: int
    assessment_key: str
    portfolio_key: str
    reference: str
    domains: tuple[str, ...]
    missing: int
    shortfall: str
    pairs: tuple[PairRow, ...]
    others: tuple[OtherRow, ...]

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Its domains in which nobody who is proposed or asked has experience."""
        has = [pair for pair in self.pairs if pair.state is None or pair.state in LIVE_STATES]
        theirs = [*(pair.member_domains for pair in has), *(other.member_domains for other in self.others)]
        covered: frozenset[str] = frozenset().union(*theirs)
        return tuple(code for code in self.domains if code not in covered)


def plan_rows(plan_id: int, viewer: Actor, number: int) -> list[PlanRow]:
    """One page of a plan, what lacks someone first, then by reference. Four statements."""
    missing = func.coalesce(PlanShortfall.missing, 0)
    rows = (
        reading()
        .execute(
            select(Assessment.id, Assessment.key, Portfolio.key, Portfolio.reference, missing, PlanShortfall.reason)
            .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
            .outerjoin(
                PlanShortfall, and_(PlanShortfall.assessment_id == Assessment.id, PlanShortfall.plan_id == plan_id)
            )
            .where(_in_plan(plan_id), *visible_to(viewer))
            .order_by(missing.desc(), Portfolio.reference, Assessment.id)
            .offset((number - 1) * PER_PAGE)
            .limit(PER_PAGE)
        )
        .all()
    )
    ids = [row[0] for row in rows]
    pairs, others, domains = _pairs(plan_id, ids), _others(plan_id, ids), domains_of(ids)
    return [
        PlanRow(*row[:4], domains[row[0]], row[4], row[5] or "", tuple(pairs[row[0]]), tuple(others[row[0]]))
        for row in rows
    ]


def _others(plan_id: int, assessment_ids: Collection[int]) -> dict[int, list[OtherRow]]:
    beside = or_(Assignment.plan_id.is_(None), Assignment.plan_id != plan_id)
    rows = reading().execute(
        select(Assignment.assessment_id, Person.name, Assignment.state, Member.domains)
        .join(Member, Member.id == Assignment.member_id)
        .join(Person, Person.id == Member.person_id)
        .where(Assignment.assessment_id.in_(assessment_ids), beside, Assignment.state.in_(LIVE_STATES))
        .where(Assignment.role.in_(FIRST_ROLES))
        .order_by(Assignment.id)
    )
    found: dict[int, list[OtherRow]] = defaultdict(list)
    for assessment_id, name, state, domains in rows:
        found[assessment_id].append(OtherRow(name, state, frozenset(domains)))
    return found


def _pairs(plan_id: int, assessment_ids: Collection[int]) -> dict[int, list[PairRow]]:
    sent = and_(
        Assignment.plan_id == plan_id,
        Assignment.assessment_id == PlanPair.assessment_id,
        Assignment.member_id == PlanPair.member_id,
    )
    rows = reading().execute(
        select(PlanPair.assessment_id, PlanPair.key, Member.key, Person.name, PlanPair.fit, PlanPair.reason)
        .add_columns(PlanPair.changed_reason, Assignment.state, Member.domains)
        .join(Member, Member.id == PlanPair.member_id)
        .join(Person, Person.id == Member.person_id)
        .outerjoin(Assignment, sent)
        .where(PlanPair.plan_id == plan_id, PlanPair.assessment_id.in_(assessment_ids))
        .order_by(PlanPair.id)
    )
    found: dict[int, list[PairRow]] = defaultdict(list)
    for assessment_id, key, member, name, fit, reason, changed, state, domains in rows:
        found[assessment_id].append(PairRow(key, member, name, fit, reason, changed, state, frozenset(domains)))
    return found


def member_names(round_id: int) -> dict[str, str]:
    """Key → name of every member of a round's panel. One statement."""
    query = select(Member.key, Person.name).join(Person, Person.id == Member.person_id)
    rows = reading().execute(query.join(Seat, Seat.member_id == Member.id).where(Seat.round_id == round_id))
    return dict(rows.all())


def waiting_count(round_id: int, viewer: Actor) -> int:
    """How many assessments of a round are admitted and have nobody asked for them yet. One statement."""
    query = select(func.count()).where(Assessment.round_id == round_id, Assessment.status == AssessmentStatus.ADMITTED)
    return reading().scalar(query.where(*visible_to(viewer, Assessment.portfolio_id))) or 0
