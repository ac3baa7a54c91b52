"""Portfolios that a person with a role in the round may still not see; later stages say which (conflicts, reviews).

The policy bars acts on one portfolio; lists and counts must leave the same ones out, in the database.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, CompoundSelect, Select, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from panel_app.foundation.actors import Actor
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio

Hidden = Callable[[Actor], Select[int]]
_HIDDEN: list[Hidden] = []


def hides_portfolios(hidden: Hidden) -> Hidden:
    """Register a select of the ids of portfolios that are hidden from an actor. Its twin is a `bar` in the policy."""
    if hidden not in _HIDDEN:
        _HIDDEN.append(hidden)
    return hidden


def visible_to(actor: Actor, portfolio_id: InstrumentedAttribute[int] = Portfolio.id) -> list[ColumnElement[bool]]:
    """Conditions for a statement with this column: what the actor may not see, their own included, is left out."""
    return [portfolio_id.not_in(_hidden_from(actor))]


def assessments_visible_to(actor: Actor, assessment_id: InstrumentedAttribute[int]) -> list[ColumnElement[bool]]:
    """The same for a statement with an assessment's id and neither Assessment nor Portfolio."""
    return [assessment_id.not_in(select(Assessment.id).where(Assessment.portfolio_id.in_(_hidden_from(actor))))]


def _hidden_from(actor: Actor) -> CompoundSelect[int]:
    own = select(PortfolioOwner.portfolio_id).where(PortfolioOwner.person_id == actor.person_id)
    return union_all(own, *(hidden(actor) for hidden in _HIDDEN))
