"""Reads of the coordinator's desk: what stands where in a round."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AT_WORK_STATES, LIVE_STATES, AssignmentState
from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import FindingState, Strength
from panel_app.coordination.ranking_queries import is_stuck, waits
from panel_app.coordination.rules.blocking import AssignmentFact, Blocker, PortfolioFacts, blocker
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.rules import UNANSWERED_STATES
from panel_app.outcomes.models import Outcome, Signature
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.portfolios.queries.blocked import Blocked, tells_what_blocks
from panel_app.portfolios.queries.lists import ListedRow, ranked_portfolios
from panel_app.portfolios.queries.standing_facts import own_deadline
from panel_app.portfolios.queries.visibility import assessments_visible_to, visible_to
from panel_app.programmes.queries import RoundView, promise_or_plan
from panel_app.programmes.rules.policies import PromisedPolicy


@dataclass(frozen=True)
class DeskRow:
    """A portfolio of the round with its status and what blocks it."""

    listed: ListedRow
    blocker: Blocker


@dataclass(frozen=True)
class Progress:
    """How far a round has come: sheets in and needed (thirds apart), unanswered cases, overdue sheets, sign-offs."""

    submitted: int
    needed: int
    overdue: int
    cases: int
    signed_off: int
    assessments: int
    per_day: tuple[tuple[date, int], ...]


class Shows(StrEnum):
    """Which portfolios the desk's table shows."""

    ALL = "all"
    STUCK = "stuck"
    WAITING = "waiting"
    ON_THE_WAY = "going"


@dataclass(frozen=True)
class Desk:
    """A page of the desk's table, and how many portfolios each choice of its filter shows."""

    rows: list[DeskRow]
    counts: Mapping[Shows, int]


def desk(actor: Actor, round_: RoundView, promise: PromisedPolicy, page: int, shows: Shows = Shows.ALL) -> Desk:
    """A page of the round's portfolios, what is stuck first, then what waits. Seven statements at any size."""
    now = clock.now()
    stuck = is_stuck(round_.id, _places(promise), now)
    ranks = {Shows.STUCK.value: stuck, Shows.WAITING.value: waits(round_.id, now, own_deadline())}
    listed, counted = ranked_portfolios(actor, round_.id, page, ranks, shows.value)
    blocked = _blockers(promise, listed)
    counts = {each: counted.get(each.value, 0) for each in Shows if each is not Shows.ALL}
    return Desk([DeskRow(row, blocked[row.key]) for row in listed], counts | {Shows.ALL: sum(counts.values())})


@tells_what_blocks
def told(round_: RoundView, listed: Sequence[ListedRow]) -> dict[str, Blocked]:
    """What blocks these portfolios, for the lists of earlier stages. Five statements."""
    found = _blockers(promise_or_plan(round_), listed)
    return {key: Blocked(each.tone, each.text, each.since) for key, each in found.items()}


def _places(promise: PromisedPolicy) -> int:
    return next(iter(promise.assessors.values()))


def _blockers(promise: PromisedPolicy, listed: Sequence[ListedRow]) -> dict[str, Blocker]:
    """What blocks each of these portfolios, by key. Four statements."""
    keys = [row.assessment_key for row in listed if row.assessment_key]
    assignments, cases, signatures = _assignments(keys), _cases(keys), _signatures(keys)
    findings = _findings([row.key for row in listed])
    found = {}
    for row in listed:
        key = row.assessment_key or ""
        undecided, undecided_since = findings.get(row.key, (0, None))
        signed, sign_off_by = signatures.get(key, (0, None))
        case = cases.get(key)
        facts = PortfolioFacts(
            status=row.status,
            since=row.since,
            closes_at=row.closes_at,
            assessment=row.assessment,
            assessment_since=row.assessment_since,
            held=row.held,
            places=_places(promise),
            assignments=tuple(assignments.get(key, ())),
            undecided=undecided,
            undecided_since=undecided_since,
            case_since=case.state_since if case else None,
            case_due=case.due_at if case else None,
            signatures=signed,
            signers=promise.signers_needed,
            sign_off_by=sign_off_by,
        )
        found[row.key] = blocker(facts, clock.now())
    return found


def _assignments(keys: list[str]) -> dict[str, list[AssignmentFact]]:
    found: dict[str, list[AssignmentFact]] = defaultdict(list)
    rows = reading().execute(
        select(
            Assessment.key,
            Assignment.state,
            Assignment.state_since,
            Assignment.answer_by,
            Assignment.due_at,
            Assignment.role,
        )
        .join(Assignment, Assignment.assessment_id == Assessment.id)
        .where(Assessment.key.in_(keys), Assignment.state.in_(LIVE_STATES))
        .order_by(Assignment.id)
    )
    for key, state, since, answer_by, due_at, role in rows:
        is_third = role is AssignmentRole.THIRD
        found[key].append(AssignmentFact(state, since, answer_by, due_at, is_third))
    return found


def _findings(keys: list[str]) -> dict[str, tuple[int, datetime]]:
    rows = reading().execute(
        select(Portfolio.key, func.count(Finding.id), func.min(Finding.found_at, type_=Finding.found_at.type))
        .join(Finding, Finding.portfolio_id == Portfolio.id)
        .where(Portfolio.key.in_(keys), Finding.strength == Strength.DECISION, Finding.state == FindingState.OPEN)
        .group_by(Portfolio.key)
    )
    return {key: (number, since) for key, number, since in rows}


def _cases(keys: list[str]) -> dict[str, ModerationCase]:
    rows = reading().execute(
        select(Assessment.key, ModerationCase)
        .join(ModerationCase, ModerationCase.assessment_id == Assessment.id)
        .where(Assessment.key.in_(keys), ModerationCase.state.in_(UNANSWERED_STATES))
    )
    return dict(rows.all())


def _signatures(keys: list[str]) -> dict[str, tuple[int, datetime]]:
    rows = reading().execute(
        select(Assessment.key, func.count(Signature.id), Outcome.sign_off_by)
        .join(Outcome, Outcome.assessment_id == Assessment.id)
        .outerjoin(Signature, Signature.outcome_id == Outcome.id)
        .where(Assessment.key.in_(keys), Outcome.state == OutcomeState.PROPOSED)
        .group_by(Assessment.key, Outcome.sign_off_by)
    )
    return {key: (number, until) for key, number, until in rows}


def progress(actor: Actor, round_: RoundView, promise: PromisedPolicy) -> Progress:
    """Counts of a round, without the portfolios that are hidden from this actor. Four statements at any size."""
    wanted = [Assessment.round_id == round_.id, *visible_to(actor, Assessment.portfolio_id)]
    rows = reading().execute(select(Assessment.status, func.count()).where(*wanted).group_by(Assessment.status))
    states = dict(rows.all())
    cases = select(func.count()).join_from(ModerationCase, Assessment, Assessment.id == ModerationCase.assessment_id)
    cases = cases.where(*wanted, ModerationCase.state.in_(UNANSWERED_STATES))
    days = _sheets_by_day(actor, round_.id)
    in_play = sum(states.values()) - states.get(AssessmentStatus.ENDED, 0)
    return Progress(
        submitted=sum(number for _, number in days),
        needed=in_play * _places(promise),
        overdue=_overdue(actor, round_.id),
        cases=reading().scalar(cases) or 0,
        signed_off=states.get(AssessmentStatus.SIGNED_OFF, 0) + states.get(AssessmentStatus.RELEASED, 0),
        assessments=in_play,
        per_day=days,
    )


def _sheets_by_day(actor: Actor, round_id: int) -> tuple[tuple[date, int], ...]:
    """Sheets that are in, by day, without third ones. One statement."""
    day = func.date(Assignment.submitted_at)
    query = select(day, func.count()).where(Assignment.state == AssignmentState.SUBMITTED)
    query = query.where(Assignment.role != AssignmentRole.THIRD, *_of_round(actor, round_id))
    return tuple((_as_date(when), number) for when, number in reading().execute(query.group_by(day).order_by(day)))


def _overdue(actor: Actor, round_id: int) -> int:
    """Sheets that are at work after their time. One statement."""
    query = select(func.count()).where(Assignment.state.in_(AT_WORK_STATES), Assignment.due_at < clock.now())
    return reading().scalar(query.where(*_of_round(actor, round_id))) or 0


def _of_round(actor: Actor, round_id: int) -> list[ColumnElement[bool]]:
    return [Assignment.round_id == round_id, *assessments_visible_to(actor, Assignment.assessment_id)]


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
