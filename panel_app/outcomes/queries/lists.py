"""Lists of outcomes: what a signer has to sign, and how a round's outcomes stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import loads
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from panel_app.accounts.models import Person
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.queries.facts import answered_by, independent_of
from panel_app.moderation.rules import CaseState, Result
from panel_app.outcomes.models import Outcome, Release, Signature
from panel_app.outcomes.rules import EMBARGOED_STATES, OutcomeState
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.models import AssessmentStatus as A
from panel_app.programmes.models import Round

PER_PAGE = 25


@dataclass(frozen=True)
class ToSign:
    """An outcome in a signer's list. `signatures`: how many there are; `is_mine`: the reader's is among them."""

    key: str
    reference: str
    round_id: int
    round_code: str
    zone: str
    result: Result
    state: OutcomeState
    proposed_at: datetime
    sign_off_by: datetime
    signatures: int
    is_mine: bool


def to_sign(actor: Actor, number: int) -> tuple[list[ToSign], int]:
    """A page of the outcomes that are not released and that the actor may read, those without their signature first.

    By due date, then key. Three statements.
    """
    conditions = _readable(actor, signing_rounds(actor))
    query = _to_sign(actor).where(*conditions)
    rows = reading().execute(
        query.order_by(_signed_by(actor) > 0, Outcome.state != OutcomeState.PROPOSED, Outcome.sign_off_by, Outcome.key)
        .offset((number - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    total = select(func.count()).select_from(_from_outcome(select(Outcome.id)).where(*conditions).subquery())
    return [ToSign(**row._asdict()) for row in rows], reading().scalar(total) or 0


def waiting_for(actor: Actor) -> list[ToSign]:
    """The outcomes that wait for this signer, the earliest due first; 20 at most. Two statements at most."""
    rounds = signing_rounds(actor)
    if not rounds:
        return []
    rows = reading().execute(waiting_query(actor, rounds).order_by(Outcome.sign_off_by, Outcome.key).limit(20))
    return [ToSign(**row._asdict()) for row in rows]


def waiting_query(actor: Actor, rounds: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Of these rounds what is proposed, may be read by the actor and lacks their signature; columns of a `ToSign`."""
    mine = _readable(actor, rounds)
    return _to_sign(actor).where(*mine, Outcome.state == OutcomeState.PROPOSED, _signed_by(actor) == 0)


def _readable(actor: Actor, rounds: Sequence[int]) -> list[ColumnElement[bool]]:
    """The policy's rule as conditions: rounds where the actor signs, without what they had a part in."""
    moderated = select(Assessment.portfolio_id).where(*answered_by(actor.person_id)).correlate(None)
    return [
        Outcome.state.in_(EMBARGOED_STATES),
        Portfolio.round_id.in_(rounds),
        Portfolio.id.not_in(moderated),
        *independent_of(actor),
    ]


def signing_rounds(actor: Actor) -> list[int]:
    """The rounds whose promise lets the actor sign. One statement."""
    mine = {grant.round_id for grant in actor.grants if grant.round_id is not None}
    rows = reading().execute(select(Round.id, Round.promise).where(Round.id.in_(mine), Round.promise.is_not(None)))
    may_sign = {round_id: loads(promise or "{}")["may_sign"] for round_id, promise in rows}
    return [each for each, names in may_sign.items() if any(actor.holds(Role(name), each) for name in names)]


def _to_sign(actor: Actor) -> Select[*tuple[Any, ...]]:
    count = select(func.count()).select_from(Signature).where(Signature.outcome_id == Outcome.id)
    return _from_outcome(
        select(
            Outcome.key,
            Portfolio.reference,
            Round.id.label("round_id"),
            Round.code.label("round_code"),
            Round.zone,
            Outcome.result,
            Outcome.state,
            Outcome.proposed_at,
            Outcome.sign_off_by,
            count.correlate(Outcome).scalar_subquery().label("signatures"),
            (_signed_by(actor) > 0).label("is_mine"),
        )
    )


def _signed_by(actor: Actor) -> ColumnElement[int]:
    mine = select(func.count()).select_from(Signature).where(Signature.outcome_id == Outcome.id)
    return mine.where(Signature.person_id == actor.person_id).correlate(Outcome).scalar_subquery()


def _from_outcome(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.join(Assessment, Assessment.id == Outcome.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
    )


@dataclass(frozen=True)
class RoundOutcome:
    """An assessment in the round's list. `outcome_state` is none before a proposal; `case_state` of an open case."""

    reference: str
    portfolio_key: str
    status: A
    status_since: datetime
    outcome_state: OutcomeState | None
    result: Result | None
    sign_off_by: datetime | None
    signatures: int
    is_prepared: bool
    case_state: CaseState | None
    case_due_at: datetime | None


def outcomes_of_round(actor: Actor, round_id: int, number: int) -> list[RoundOutcome]:
    """A page of the round's assessments that count, what blocks a release first. One statement."""
    conditions = _counting(actor, round_id)
    alive = and_(Outcome.assessment_id == Assessment.id, Outcome.state != OutcomeState.DROPPED)
    order = (Outcome.id.is_not(None), Outcome.state, Outcome.sign_off_by, Assessment.id)
    page = select(Assessment.id).outerjoin(Outcome, alive).where(*conditions).order_by(*order)
    found = page.offset((number - 1) * PER_PAGE).limit(PER_PAGE).subquery()
    open_case = and_(ModerationCase.assessment_id == Assessment.id, ModerationCase.state != CaseState.CLOSED)
    signed = select(func.count()).select_from(Signature).where(Signature.outcome_id == Outcome.id)
    rows = reading().execute(
        select(
            Portfolio.reference,
            Portfolio.key.label("portfolio_key"),
            Assessment.status,
            Assessment.status_since,
            Outcome.state.label("outcome_state"),
            Outcome.result,
            Outcome.sign_off_by,
            signed.correlate(Outcome).scalar_subquery().label("signatures"),
            Outcome.release_id.is_not(None).label("is_prepared"),
            ModerationCase.state.label("case_state"),
            ModerationCase.due_at.label("case_due_at"),
        )
        .join_from(Assessment, found, found.c.id == Assessment.id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .outerjoin(Outcome, alive)
        .outerjoin(ModerationCase, open_case)
        .order_by(*order)
    )
    return [RoundOutcome(**row._asdict()) for row in rows]


def _counting(actor: Actor, round_id: int) -> Sequence[ColumnElement[bool]]:
    """Of a round's assessments those that count: a withdrawn portfolio's have ended."""
    return (
        Assessment.round_id == round_id,
        Assessment.status != A.ENDED,
        *independent_of(actor, Assessment.portfolio_id),
    )


@dataclass(frozen=True)
class RoundCounts:
    """How many assessments of a round stand where. `ready`: signed off, not prepared to leave yet."""

    before_proposal: int
    proposed: int
    ready: int
    prepared: int
    released: int

    @property
    def total(self) -> int:
        """All that the round's list holds."""
        return self.before_proposal + self.to_draw + self.released

    @property
    def to_draw(self) -> int:
        """What the round's sample is drawn from."""
        return self.proposed + self.ready + self.prepared


def counts_of_round(actor: Actor, round_id: int) -> RoundCounts:
    """Count a round's assessments, those that the actor may see. One statement."""
    status, later = Assessment.status, (A.PROPOSED, A.SIGNED_OFF, A.RELEASED)
    counts = select(
        _how_many(status.not_in(later)),
        _how_many(status == A.PROPOSED),
        _how_many((status == A.SIGNED_OFF) & ~_is_prepared()),
        _how_many((status == A.SIGNED_OFF) & _is_prepared()),
        _how_many(status == A.RELEASED),
    )
    return RoundCounts(*reading().execute(counts.where(*_counting(actor, round_id))).one())


def _is_prepared() -> ColumnElement[bool]:
    """Of an assessment that is signed off: its outcome is bound to a release."""
    bound = select(Outcome.assessment_id).where(Outcome.state == OutcomeState.SIGNED_OFF)
    return Assessment.id.in_(bound.where(Outcome.release_id.is_not(None)))


@dataclass(frozen=True)
class NotReleased:
    """How many outcomes of a round lack signatures, and how many are signed off and not prepared to leave."""

    proposed: int
    ready: int


def not_released(actor: Actor, round_ids: Sequence[int]) -> Mapping[int, NotReleased]:
    """What keeps outcomes of these rounds from leaving, by id of the round; none where nothing does. One statement."""
    proposed, ready = Assessment.status == A.PROPOSED, (Assessment.status == A.SIGNED_OFF) & ~_is_prepared()
    rows = reading().execute(
        select(Assessment.round_id, _how_many(proposed), _how_many(ready))
        .where(Assessment.round_id.in_(list(round_ids)), Assessment.status.in_((A.PROPOSED, A.SIGNED_OFF)))
        .where(or_(proposed, ready), *independent_of(actor, Assessment.portfolio_id))
        .group_by(Assessment.round_id)
    )
    return {row[0]: NotReleased(*row[1:]) for row in rows}


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


@dataclass(frozen=True)
class ReleaseRow:
    """A release of a round. `by`: who prepared it last."""

    number: int
    due_at: datetime
    prepared_at: datetime
    done_at: datetime | None
    count: int
    by: str


def releases_of(round_id: int) -> list[ReleaseRow]:
    """The releases of a round, in order; 50 at most. One statement."""
    columns = (Release.number, Release.due_at, Release.prepared_at, Release.done_at, Release.count)
    query = select(*columns, func.coalesce(Person.name, "")).outerjoin(Person, Person.id == Release.prepared_by_id)
    rows = reading().execute(query.where(Release.round_id == round_id).order_by(Release.number).limit(50))
    return [ReleaseRow(*row) for row in rows]
