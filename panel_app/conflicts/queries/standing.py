"""Reads of what stands in the register: between a member and a portfolio, and between a person in a role and one."""

from sqlalchemy import Select, select

from panel_app.conflicts.models import Finding, RoleConflict
from panel_app.conflicts.people_rules import PairStanding, standing
from panel_app.conflicts.rules import FindingState
from panel_app.foundation.database import reading
from panel_app.foundation.words import Sentence
from panel_app.portfolios.models import Portfolio

Pair = tuple[int, int]
"""A member's id, then a portfolio's."""


def barred_pairs(round_id: int) -> dict[Pair, Sentence]:
    """Pairs of a round that can't be assigned, each with its first reason by kind. One statement."""
    return _pairs(round_id, FindingState.STANDING)


def undecided_pairs(round_id: int) -> dict[Pair, Sentence]:
    """Pairs of a round that need a decision first and aren't barred, each with its first reason. Two statements."""
    barred = barred_pairs(round_id)
    return {pair: why for pair, why in _pairs(round_id, FindingState.OPEN).items() if pair not in barred}


def _pairs(round_id: int, state: FindingState) -> dict[Pair, Sentence]:
    rows = reading().execute(
        select(Finding.member_id, Finding.portfolio_id, Finding.reason, Finding.reason_params)
        .join(Portfolio, Portfolio.id == Finding.portfolio_id)
        .where(Portfolio.round_id == round_id, Finding.state == state)
        .order_by(Finding.kind, Finding.id)
    )
    found: dict[Pair, Sentence] = {}
    for member_id, portfolio_id, reason, params in rows:
        found.setdefault((member_id, portfolio_id), Sentence(reason, params))
    return found


def pair_standing(member_id: int, portfolio_id: int) -> PairStanding:
    """What the register says of one pair, as it was last examined. One statement."""
    rows = reading().execute(
        select(Finding.state, Finding.reason, Finding.reason_params)
        .where(Finding.member_id == member_id, Finding.portfolio_id == portfolio_id)
        .order_by(Finding.kind, Finding.id)
    )
    return standing((state, Sentence(reason, params)) for state, reason, params in rows)


def hidden_from(person_id: int | None) -> Select[int]:
    """The ids of the portfolios that a person in a role must keep away from: to be embedded in a list's statement."""
    return select(RoleConflict.portfolio_id).where(RoleConflict.person_id == person_id)


def hidden_portfolios(person_id: int, round_id: int) -> frozenset[int]:
    """The ids of a round's portfolios that a person in a role must keep away from. One statement."""
    found = hidden_from(person_id).join(Portfolio, Portfolio.id == RoleConflict.portfolio_id)
    return frozenset(reading().scalars(found.where(Portfolio.round_id == round_id)))


def is_hidden(person_id: int | None, portfolio_id: int) -> bool:
    """Whether a person in a role must keep away from this portfolio. One statement."""
    return reading().scalar(hidden_from(person_id).where(RoleConflict.portfolio_id == portfolio_id)) is not None
