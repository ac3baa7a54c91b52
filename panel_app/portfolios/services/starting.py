"""Starting a portfolio, and what its candidate says of themselves: the identity side."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.words import N_
from panel_app.portfolios.happenings import IdentityChanged, PortfolioStarted
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.people import has_confirmed_address
from panel_app.portfolios.rules import references
from panel_app.portfolios.rules.statuses import PORTFOLIO
from panel_app.portfolios.services.guarding import changing
from panel_app.programmes.queries import round_by_key
from panel_app.programmes.rules.states import RoundState
from panel_app.programmes.services import is_open

UNCONFIRMED = N_("Confirm your email address first: open the link in the mail that we sent when you signed up.")
NOT_OPEN = N_("This round isn't open for portfolios now. Choose one that is.")


@dataclass(frozen=True)
class Started:
    """A portfolio that was started."""

    id: int
    key: str
    reference: str


def start_portfolio(
    actor: Actor,
    round_key: str,
    *,
    organisation: str = "",
    other_names: Sequence[str] = (),
    people_named: Sequence[str] = (),
) -> Started:
    """Make a draft in an open round, with a reference drawn at random. Raises Refused, or Conflicted for a second."""
    with transaction() as db:
        found = round_by_key(round_key)
        if actor.person_id is None or found is None or found.state is RoundState.DRAFT:
            raise Refused(NOT_FOUND)
        if not is_open(found, clock.now()):
            raise Refused(NOT_OPEN, moment=True)
        if not has_confirmed_address(actor.person_id):
            raise Refused(UNCONFIRMED, moment=True)
        reference = _free_reference(db, found.id, references.prefix(found.programme, found.code))
        portfolio = Portfolio(
            key=new_key(),
            round_id=found.id,
            reference=reference,
            status=PORTFOLIO.start,
            status_since=clock.now(),
            created_at=clock.now(),
        )
        db.add(portfolio)
        db.flush()
        owner = PortfolioOwner(
            portfolio_id=portfolio.id, round_id=found.id, person_id=actor.person_id, since=clock.now()
        )
        _describe(owner, organisation, other_names, people_named)
        db.add(owner)
        record(PortfolioStarted(portfolio_id=portfolio.id, round_id=found.id), by=actor)
        return Started(portfolio.id, portfolio.key, reference)


def change_identity(
    actor: Actor, key: str, *, organisation: str, other_names: Sequence[str], people_named: Sequence[str]
) -> None:
    """Correct what conflicts are found by. Raises Refused."""
    with changing(actor, PortfolioAct.WRITE, key) as (db, portfolio):
        owner = db.scalars(select(PortfolioOwner).filter_by(portfolio_id=portfolio.id)).one()
        _describe(owner, organisation, other_names, people_named)
        record(IdentityChanged(portfolio_id=portfolio.id, round_id=portfolio.round_id), by=actor)


def _describe(
    owner: PortfolioOwner, organisation: str, other_names: Sequence[str], people_named: Sequence[str]
) -> None:
    owner.organisation = organisation.strip()
    owner.other_names = [name.strip() for name in other_names if name.strip()]
    owner.people_named = [name.strip() for name in people_named if name.strip()]


def _free_reference(db: Session, round_id: int, prefix: str) -> str:
    while True:
        reference = references.draw(prefix, secrets.choice)
        taken = select(Portfolio.id).filter_by(round_id=round_id, reference=reference)
        if db.scalar(taken) is None:
            return reference
