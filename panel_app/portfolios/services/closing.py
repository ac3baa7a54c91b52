"""Around the close: later deadlines for one portfolio, drafts that were not submitted, admission to assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.batches import AT_ONCE, batches
from panel_app.foundation.database import Conflicted, locked, reading, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.times import WallClockError, to_instant
from panel_app.foundation.words import N_
from panel_app.portfolios.happenings import DeadlineExtended
from panel_app.portfolios.models import Assessment, AssessmentStatus, Extension, Portfolio, PortfolioStatus
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.standing_facts import portfolio_facts
from panel_app.portfolios.rules.statuses import AssessmentStep, PortfolioStep
from panel_app.portfolios.services.statuses import advance, set_status
from panel_app.programmes.queries import round_by_key

NOT_LATER = N_("Enter a time after the deadline that holds now: a deadline never moves to an earlier time.")
PASSED = N_("Enter a time that has not passed yet.")
ADMITTED_ALREADY = N_("This portfolio is in assessment already, so its deadline can't move any more.")


@dataclass(frozen=True)
class Extended:
    """A later deadline: as an instant in UTC."""

    id: int
    closes_at: datetime


def extend_deadline(actor: Actor, key: str, closes_wall: str, reason: str) -> Extended:
    """Give one portfolio a later deadline, a wall-clock time in the round's zone, with a reason.

    A portfolio that was closed without a submission opens again. Raises Refused, or Conflicted for a wrong time.
    """
    with transaction() as db:
        portfolio = locked(db, Portfolio, key=key)
        must(can(actor, PortfolioAct.EXTEND, key))
        facts = portfolio_facts(key)
        assert portfolio is not None  # `can` has refused what isn't there
        assert facts is not None
        closes_at = _instant(closes_wall, facts.zone)
        if closes_at <= facts.closes_at:
            raise Conflicted("until", NOT_LATER)
        if closes_at <= clock.now():
            raise Conflicted("until", PASSED)
        if db.scalars(select(Assessment).filter_by(portfolio_id=portfolio.id).where(_BEYOND)).first() is not None:
            raise Refused(ADMITTED_ALREADY, moment=True)
        assert actor.person_id is not None
        row = Extension(
            portfolio_id=portfolio.id,
            closes_wall=closes_wall[:16],
            closes_at=closes_at,
            reason=reason.strip(),
            author_id=actor.person_id,
            at=clock.now(),
        )
        db.add(row)
        db.flush()
        if portfolio.status is PortfolioStatus.NOT_SUBMITTED:
            set_status(portfolio, PortfolioStep.REOPEN, by=actor, reason=reason)
        record(
            DeadlineExtended(
                portfolio_id=portfolio.id,
                round_id=portfolio.round_id,
                extension_id=row.id,
                closes_at=closes_at.isoformat(),
                reason=row.reason,
            ),
            by=actor,
        )
        return Extended(row.id, closes_at)


_BEYOND = Assessment.status.not_in([AssessmentStatus.PREPARING, AssessmentStatus.READY])


def _instant(wall: str, zone: str) -> datetime:
    try:
        return to_instant(wall, zone)
    except WallClockError as error:
        raise Conflicted("until", str(error.sentence)) from error


def settle_closed(round_id: int, most: int = AT_ONCE) -> int:
    """Mark the drafts of a round whose own deadline has passed as not submitted; gives how many.

    Closing itself is a comparison and needs no one; this only writes down what it means for a draft. So it is done in
    acts of `most` drafts each: after a stop midway the job, tried again, finds the rest.
    """
    drafts = select(Portfolio.key).filter_by(round_id=round_id, status=PortfolioStatus.DRAFT)
    keys = reading().scalars(drafts.order_by(Portfolio.id)).all()
    return sum(_settle(batch) for batch in batches(keys, most))


def _settle(keys: Sequence[str]) -> int:
    settled = 0
    with transaction() as db:
        for key in keys:
            portfolio, facts = locked(db, Portfolio, key=key), portfolio_facts(key)
            is_draft = portfolio is not None and portfolio.status is PortfolioStatus.DRAFT
            if portfolio is not None and is_draft and facts is not None and facts.now > facts.shut_at:
                set_status(portfolio, PortfolioStep.CLOSE, by=SYSTEM)
                settled += 1
    return settled


def admit(actor: Actor, assessment_key: str) -> AssessmentStatus:
    """Admit one ready assessment once its portfolio's deadline has passed. Raises Refused."""
    with transaction() as db:
        assessment = locked(db, Assessment, key=assessment_key)
        must(can(actor, PortfolioAct.ADMIT, assessment_key))
        if assessment is None:
            raise Refused(NOT_FOUND)
        return advance(assessment.id, AssessmentStep.ADMIT, by=actor)


def admit_all(actor: Actor, round_key: str, most: int = AT_ONCE) -> int:
    """Admit every ready assessment of a round that the actor may admit; gives how many. Raises Refused.

    Each is admitted for itself, so it is done in acts of `most`: after a stop midway, the button admits the rest.
    """
    found = round_by_key(round_key)
    if found is None or not actor.holds(Role.COORDINATOR, found.id):
        raise Refused(NOT_FOUND)
    ready = (
        select(Assessment.key)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(Portfolio.round_id == found.id, Portfolio.status == PortfolioStatus.SUBMITTED)
        .where(Assessment.status == AssessmentStatus.READY)
        .order_by(Assessment.id)
    )
    keys = reading().scalars(ready).all()
    return sum(_admit(actor, batch) for batch in batches(keys, most))


def _admit(actor: Actor, keys: Sequence[str]) -> int:
    admitted = 0
    with transaction() as db:
        for key in keys:
            assessment = locked(db, Assessment, key=key)
            is_ready = assessment is not None and assessment.status is AssessmentStatus.READY
            if assessment is not None and is_ready and can(actor, PortfolioAct.ADMIT, key):
                advance(assessment.id, AssessmentStep.ADMIT, by=actor)
                admitted += 1
    return admitted
