"""What waits on members and coordinators, for their first pages."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from json import loads

from sqlalchemy import case, func, or_, select

from panel_app.assignment.models import Assignment, Plan, PlanPair
from panel_app.assignment.place_rules import TAKEN_STATES, WAITING_STATES
from panel_app.assignment.plan_rules import PlanState
from panel_app.assignment.queries.standing import FIRST_ROLES
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.programmes.models import Round, RubricPart

MOST_ROWS = 20
TURNED_DOWN = (
    AssignmentState.DECLINED,
    AssignmentState.DEFERRED,
    AssignmentState.RECUSED,
    AssignmentState.EXPIRED,
)
OFTEN = 2
"""So many came to nothing: a coordinator should look at the portfolio."""


@dataclass(frozen=True)
class OpenOffer:
    """An offer that waits for its member's answer."""

    key: str
    reference: str
    answer_by: datetime
    zone: str


def open_offers(member_id: int, now: datetime) -> list[OpenOffer]:
    """The member's unanswered offers, the earliest answer first; 20 at most. One statement."""
    rows = reading().execute(
        select(Assignment.key, Portfolio.reference, Assignment.answer_by, Round.zone)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(Assignment.member_id == member_id, Assignment.state == AssignmentState.OFFERED)
        .where(Assignment.answer_by >= now)
        .order_by(Assignment.answer_by, Assignment.id)
        .limit(MOST_ROWS)
    )
    return [OpenOffer(*row) for row in rows]


@dataclass(frozen=True)
class RoundWaiting:
    """What a round's coordinator has to do about assessors. `to_plan`: admitted and nobody asked; `short`: no longer
    enough people are asked."""

    round_key: str
    code: str
    zone: str
    due_at: datetime
    to_plan: int
    short: int


def rounds_waiting(viewer: Actor, round_ids: Collection[int]) -> list[RoundWaiting]:
    """Rounds with portfolios that lack assessors, by code. One statement."""
    live = (
        select(func.count())
        .where(Assignment.assessment_id == Assessment.id, Assignment.role.in_(FIRST_ROLES))
        .where(Assignment.state.in_(TAKEN_STATES | WAITING_STATES))
        .correlate(Assessment)
        .scalar_subquery()
    )
    is_assigning = Assessment.status == AssessmentStatus.ASSIGNING
    counted = (
        select(Assessment.part_id, Assessment.status, Assessment.round_id)
        .add_columns(case((is_assigning, live), else_=0).label("live"))
        .where(Assessment.round_id.in_(round_ids), *visible_to(viewer, Assessment.portfolio_id))
        .where(or_(is_assigning, Assessment.status == AssessmentStatus.ADMITTED))
        .subquery()
    )
    alike = (counted.c.round_id, counted.c.part_id, counted.c.status, counted.c.live)
    grouped = select(*alike, func.count().label("number")).group_by(*alike).subquery()
    rows = reading().execute(
        select(Round.key, Round.code, Round.zone, Round.scoring_due_at, Round.promise)
        .add_columns(RubricPart.code, grouped.c.status, grouped.c.live, grouped.c.number)
        .join(grouped, grouped.c.round_id == Round.id)
        .join(RubricPart, RubricPart.id == grouped.c.part_id)
        .order_by(Round.code)
    )
    heads: dict[str, tuple[str, str, str, datetime]] = {}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"to_plan": 0, "short": 0})
    for key, code, zone, due_at, promise, part, status, live_now, number in rows:
        heads[key] = (key, code, zone, due_at)
        needed = loads(promise)["assessors"][part] if promise else 0
        if status is AssessmentStatus.ADMITTED:
            counts[key]["to_plan"] += number
        elif live_now < needed:
            counts[key]["short"] += number
    return [RoundWaiting(*head, counts[key]["to_plan"], counts[key]["short"]) for key, head in heads.items()]


@dataclass(frozen=True)
class DraftWaiting:
    """A plan that waits to be sent."""

    round_key: str
    code: str
    number: int
    pairs: int


def drafts_waiting(round_ids: Collection[int]) -> list[DraftWaiting]:
    """Drafts of some rounds, by code. One statement."""
    rows = reading().execute(
        select(Round.key, Round.code, Plan.number, func.count(PlanPair.id))
        .join(Plan, Plan.round_id == Round.id)
        .outerjoin(PlanPair, PlanPair.plan_id == Plan.id)
        .where(Round.id.in_(round_ids), Plan.state == PlanState.DRAFT)
        .group_by(Round.key, Round.code, Plan.number)
        .order_by(Round.code)
    )
    return [DraftWaiting(*row) for row in rows]


@dataclass(frozen=True)
class CaseWaiting:
    """A portfolio whose assessors need a coordinator."""

    round_key: str
    portfolio_key: str
    reference: str
    zone: str
    due_at: datetime


def on_hold(viewer: Actor, round_ids: Collection[int]) -> list[CaseWaiting]:
    """Portfolios with work on hold, the longest first; 20 at most. One statement."""
    held = (
        select(Assignment.assessment_id, func.min(Assignment.due_at).label("due_at"))
        .add_columns(func.min(Assignment.state_since).label("since"))
        .where(Assignment.round_id.in_(round_ids), Assignment.state == AssignmentState.SUSPENDED)
        .group_by(Assignment.round_id, Assignment.assessment_id)
        .subquery()
    )
    rows = reading().execute(
        select(Round.key, Portfolio.key, Portfolio.reference, Round.zone, held.c.due_at)
        .join_from(held, Assessment, Assessment.id == held.c.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(*visible_to(viewer))
        .order_by(held.c.since, Portfolio.id)
        .limit(MOST_ROWS)
    )
    return [CaseWaiting(*row) for row in rows]


def often_turned_down(viewer: Actor, round_ids: Collection[int]) -> list[CaseWaiting]:
    """Portfolios still without assessors that came to nothing twice or more; 20 at most. One statement."""
    often = (
        select(Assignment.assessment_id)
        .where(Assignment.round_id.in_(round_ids), Assignment.state.in_(TURNED_DOWN))
        .group_by(Assignment.round_id, Assignment.assessment_id)
        .having(func.count() >= OFTEN)
        .subquery()
    )
    rows = reading().execute(
        select(Round.key, Portfolio.key, Portfolio.reference, Round.zone, Round.scoring_due_at)
        .join_from(often, Assessment, Assessment.id == often.c.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(Assessment.status == AssessmentStatus.ASSIGNING, *visible_to(viewer))
        .order_by(Round.scoring_due_at, Portfolio.reference, Portfolio.id)
        .limit(MOST_ROWS)
    )
    return [CaseWaiting(*row) for row in rows]
