"""What the policy must know of one outcome, one portfolio or one round's release, in one statement each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.rules import UNANSWERED_STATES, Result
from panel_app.outcomes.models import Outcome, Signature
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round
from panel_app.programmes.queries import promised
from panel_app.programmes.rules.policies import PromisedPolicy


@dataclass(frozen=True)
class OutcomeStanding:
    """One outcome with its portfolio and round. `signed_by`: ids of persons; `open_cases` stand in its way."""

    id: int
    key: str
    state: OutcomeState
    result: Result
    assessment_id: int
    assessment_key: str
    portfolio_id: int
    portfolio_key: str
    reference: str
    owner_id: int
    round_id: int
    round_key: str
    zone: str
    open_cases: int
    signed_by: frozenset[int]
    promise: PromisedPolicy


def outcome_standing(key: str) -> OutcomeStanding | None:
    """One outcome by its key. Three statements."""
    return _standing(_standings().where(Outcome.key == key))


def outcome_standing_by_id(outcome_id: int) -> OutcomeStanding:
    """One outcome by its id. Raises LookupError. Three statements."""
    found = _standing(_standings().where(Outcome.id == outcome_id))
    if found is None:
        raise LookupError("there is no such outcome")
    return found


def released_of(portfolio_key: str) -> OutcomeStanding | None:
    """The released outcome of a portfolio, the last one where there are several. Three statements, one if none."""
    query = _standings().where(Portfolio.key == portfolio_key, Outcome.state == OutcomeState.RELEASED)
    return _standing(query.order_by(Outcome.released_at.desc(), Outcome.id.desc()).limit(1))


def _standing(query: Select[*tuple[Any, ...]]) -> OutcomeStanding | None:
    row = reading().execute(query).one_or_none()
    if row is None:
        return None
    signed = reading().scalars(select(Signature.person_id).filter_by(outcome_id=row.id))
    return OutcomeStanding(**row._asdict(), signed_by=frozenset(signed), promise=promised(row.round_id))


def _standings() -> Select[*tuple[Any, ...]]:
    open_cases = (
        select(func.count())
        .select_from(ModerationCase)
        .where(ModerationCase.assessment_id == Outcome.assessment_id, ModerationCase.state.in_(UNANSWERED_STATES))
        .correlate(Outcome)
        .scalar_subquery()
    )
    return (
        select(
            Outcome.id,
            Outcome.key,
            Outcome.state,
            Outcome.result,
            Assessment.id.label("assessment_id"),
            Assessment.key.label("assessment_key"),
            Portfolio.id.label("portfolio_id"),
            Portfolio.key.label("portfolio_key"),
            Portfolio.reference,
            PortfolioOwner.person_id.label("owner_id"),
            Round.id.label("round_id"),
            Round.key.label("round_key"),
            Round.zone,
            open_cases.label("open_cases"),
        )
        .join(Assessment, Assessment.id == Outcome.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Round, Round.id == Portfolio.round_id)
    )


@dataclass(frozen=True)
class ReleaseFacts:
    """A round as its release sees it."""

    id: int
    key: str
    release_at: datetime
    promise: PromisedPolicy


def release_facts(round_key: str) -> ReleaseFacts | None:
    """A published round by its key. Two statements, one for none or a draft."""
    query = select(Round.id, Round.key, Round.release_at, Round.promise_hash).where(Round.key == round_key)
    row = reading().execute(query).one_or_none()
    if row is None or row.promise_hash is None:
        return None
    return ReleaseFacts(row.id, row.key, row.release_at, promised(row.id))
