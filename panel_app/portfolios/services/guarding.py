"""What every act of a candidate shares: the lock on the portfolio's row, and the record of attempts after the close."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.portfolios.happenings import LateAttemptRefused
from panel_app.portfolios.models import Evidence, EvidenceState, Portfolio
from panel_app.portfolios.policy import PortfolioAct, TooLate
from panel_app.portfolios.queries.standing_facts import PortfolioFacts, evidence_facts, portfolio_facts


@contextmanager
def changing(actor: Actor, act: PortfolioAct, key: str) -> Iterator[tuple[Session, Portfolio]]:
    """One act on the portfolio with this key: its row locked, the deadline compared under the lock (docs/rules.md).

    Raises Refused; an attempt after the deadline is recorded in a transaction of its own.
    """
    with keeping_late_attempts(actor, act, key), transaction() as db:
        portfolio = locked(db, Portfolio, key=key)
        must(can(actor, act, key))
        assert portfolio is not None  # `can` has refused what isn't there
        yield db, portfolio


@contextmanager
def changing_piece(actor: Actor, key: str) -> Iterator[tuple[Session, Portfolio, Evidence]]:
    """One act on a listed piece of evidence, its portfolio's row locked. Raises Refused as `changing` does."""
    facts = evidence_facts(key)
    portfolio_key = facts.key if facts else ""
    with keeping_late_attempts(actor, PortfolioAct.CHANGE_EVIDENCE, portfolio_key), transaction() as db:
        portfolio = locked(db, Portfolio, key=portfolio_key)
        must(can(actor, PortfolioAct.CHANGE_EVIDENCE, key))
        piece = locked(db, Evidence, key=key, state=EvidenceState.LISTED)
        if piece is None or portfolio is None:
            raise Refused(NOT_FOUND)
        yield db, portfolio, piece


@contextmanager
def keeping_late_attempts(actor: Actor, act: PortfolioAct, key: str) -> Iterator[None]:
    """Record an attempt that was refused because the deadline had passed, after its own transaction has ended."""
    try:
        yield
    except Refused as refused:
        facts = portfolio_facts(key) if isinstance(refused.refusal, TooLate) else None
        if facts is not None:
            _keep(actor, act, facts)
        raise


def _keep(actor: Actor, act: PortfolioAct, facts: PortfolioFacts) -> None:
    with transaction():
        late = LateAttemptRefused(portfolio_id=facts.id, act=act.value, closed_at=facts.closes_at.isoformat())
        record(late, by=actor)
