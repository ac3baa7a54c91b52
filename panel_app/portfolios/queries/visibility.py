"""Portfolios that a person with a role in the round may still not see; later stages say which (conflicts, reviews).

The policy bars acts on one portfolio; lists and counts must leave the same ones out, in the database.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, select

from panel_app.foundation.actors import Actor
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio

Hidden = Callable[[Actor], Select[int]]
_HIDDEN: list[Hidden] = []


def hides_portfolios(hidden: Hidden) -> Hidden:
    """Register a select of the ids of portfolios that are hidden from an actor. Its twin is a `bar` in the policy."""
    if hidden not in _HIDDEN:
        _HIDDEN.append(hidden)
    return hidden


def visible_to(actor: Actor) -> list[ColumnElement[bool]]:
    """Conditions for a statement with Portfolio: what the actor may not see, their own included, is left out."""
    own = select(PortfolioOwner.portfolio_id).where(PortfolioOwner.person_id == actor.person_id)
    return [Portfolio.id.not_in(own), *(Portfolio.id.not_in(hidden(actor)) for hidden in _HIDDEN)]
