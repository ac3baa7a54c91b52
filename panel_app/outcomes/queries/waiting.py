"""What outcomes make people wait for: releases to prepare, results to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.outcomes.models import Outcome
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round


@dataclass(frozen=True)
class OwnResult:
    """A released outcome of the reader's own."""

    portfolio_key: str
    reference: str
    released_at: datetime
    zone: str


@dataclass(frozen=True)
class RoundToRelease:
    """A round with its release date."""

    id: int
    key: str
    code: str
    zone: str
    release_at: datetime


def own_results(person_id: int) -> list[OwnResult]:
    """The released outcomes of a candidate, the latest first; 20 at most. One statement."""
    rows = reading().execute(
        select(Portfolio.key, Portfolio.reference, Outcome.released_at, Round.zone)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Assessment, Assessment.portfolio_id == Portfolio.id)
        .join(Outcome, Outcome.assessment_id == Assessment.id)
        .where(PortfolioOwner.person_id == person_id, Outcome.state == OutcomeState.RELEASED)
        .order_by(Outcome.released_at.desc(), Outcome.id.desc())
        .limit(20)
    )
    return [OwnResult(key, reference, at, zone) for key, reference, at, zone in rows if at is not None]


def rounds_by_ids(round_ids: Sequence[int]) -> list[RoundToRelease]:
    """These rounds, the earliest release first. One statement."""
    columns = (Round.id, Round.key, Round.code, Round.zone, Round.release_at)
    rows = reading().execute(select(*columns).where(Round.id.in_(round_ids)).order_by(Round.release_at, Round.id))
    return [RoundToRelease(*row) for row in rows]
