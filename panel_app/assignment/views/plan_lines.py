"""What the plan's page prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from panel_app import clock
from panel_app.assignment.plan_rules import PlanState
from panel_app.assignment.problem import PERFECT, closed_pair, is_full
from panel_app.assignment.problem import Member as ProblemMember
from panel_app.assignment.queries.load import LoadRow
from panel_app.assignment.queries.plans import OtherRow, PairRow, PlanHead, PlanRow
from panel_app.assignment.queries.problems import problem
from panel_app.assignment.rules import ASSIGNMENT
from panel_app.foundation.actors import Actor
from panel_app.foundation.numbers import shown as figure
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import Sentence
from panel_app.programmes.queries import RoundView, promised

MILLISECONDS = 1000
LEAST_MS = 10


@dataclass(frozen=True)
class HeadLine:
    """The plan's own figures in words; no `seconds` where there is nothing to tell."""

    number: int
    pairs: int
    portfolios: int
    missing: int
    assessors: int
    seconds: str
    made: Shown
    sent: Shown | None
    is_sent: bool


@dataclass(frozen=True)
class PairLine:
    """A pair: who and why; `broken`: why it can't be offered any more; `label`: where its offer stands."""

    key: str
    name: str
    reason: str
    changed_reason: str
    broken: Sentence | None
    label: str
    tone: str


@dataclass(frozen=True)
class OtherLine:
    """Somebody who was asked beside the plan, and where that offer stands."""

    name: str
    label: str
    tone: str


@dataclass(frozen=True)
class PlanLine:
    """A portfolio of the plan. `match`: the mean of its pairs' fits, none without pairs; `others`: asked beside it."""

    assessment_key: str
    portfolio_key: str
    reference: str
    domains: str
    missing: int
    shortfall: str
    match: str
    uncovered: str
    pairs: tuple[PairLine, ...]
    others: tuple[OtherLine, ...]


def head_line(head: PlanHead, round_: RoundView, viewer: Actor) -> HeadLine:
    """The line above a plan. One statement."""
    sent = shown(head.sent_at, round_.zone, viewer.zone, clock.now()) if head.sent_at else None
    return HeadLine(
        number=head.number,
        pairs=head.pairs,
        portfolios=head.portfolios,
        missing=head.missing,
        assessors=max(promised(round_.id).assessors.values()),
        seconds=figure(Fraction(head.took_ms, MILLISECONDS)) if head.took_ms >= LEAST_MS else "",
        made=shown(head.made_at, round_.zone, viewer.zone, clock.now()),
        sent=sent,
        is_sent=head.state is PlanState.SENT,
    )


def draft_lines(rows: Sequence[PlanRow], round_: RoundView, fullest: Sequence[LoadRow]) -> list[PlanLine]:
    """A page of a draft, each pair held against the facts of now. Eight statements."""
    question = problem(round_, clock.now(), [row.assessment_id for row in rows])
    overfull = {row.key: row for row in fullest if row.total > row.capacity}

    def broken(row: PlanRow, pair: PairRow) -> Sentence | None:
        if pair.member not in question.member:
            return None
        if pair.member in overfull:
            return is_full(ProblemMember(pair.member, overfull[pair.member].capacity))
        return closed_pair(question, pair.member, row.assessment_key)

    return [_line(row, tuple(_pair(pair, broken(row, pair)) for pair in row.pairs)) for row in rows]


def sent_lines(rows: Sequence[PlanRow]) -> list[PlanLine]:
    """A page of a plan that was sent, each pair with where its offer stands."""
    return [_line(row, tuple(_pair(pair, None) for pair in row.pairs)) for row in rows]


def _line(row: PlanRow, pairs: tuple[PairLine, ...]) -> PlanLine:
    fits = [pair.fit for pair in row.pairs]
    return PlanLine(
        assessment_key=row.assessment_key,
        portfolio_key=row.portfolio_key,
        reference=row.reference,
        domains=", ".join(row.domains),
        missing=row.missing,
        shortfall=row.shortfall,
        match=figure(Fraction(sum(fits), PERFECT * len(fits))) if fits else "",
        uncovered=", ".join(row.uncovered) if pairs else "",
        pairs=pairs,
        others=tuple(_other(each) for each in row.others),
    )


def _other(row: OtherRow) -> OtherLine:
    standing = ASSIGNMENT.states[row.state]
    return OtherLine(row.name, standing.title, standing.tone.value)


def _pair(pair: PairRow, broken: Sentence | None) -> PairLine:
    standing = ASSIGNMENT.states[pair.state] if pair.state else None
    return PairLine(
        key=pair.key,
        name=pair.name,
        reason=pair.reason,
        changed_reason=pair.changed_reason or "",
        broken=broken,
        label=standing.title if standing else "",
        tone=standing.tone.value if standing else "",
    )
