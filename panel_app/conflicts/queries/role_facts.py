"""Reads about people in a role: which they are, what is found about them, and what is written down."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from panel_app.accounts.models import Person, RoleGrant
from panel_app.accounts.rules import PersonState
from panel_app.conflicts.models import Finding, RoleConflict
from panel_app.conflicts.people_rules import close_detectors
from panel_app.conflicts.queries.facts import candidates_facts, people_facts
from panel_app.conflicts.rules import Finding as Found
from panel_app.conflicts.rules import FindingState, examine
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio

RolePair = tuple[int, int]
"""A person's id, then a portfolio's."""


def roles_in(round_id: int, person_ids: Collection[int] | None) -> list[int]:
    """The people with a role in a round, or those of them among the given. One statement."""
    found = select(RoleGrant.person_id).where(RoleGrant.round_id == round_id).distinct()
    if person_ids is not None:
        found = found.where(RoleGrant.person_id.in_(person_ids))
    return list(reading().scalars(found.order_by(RoleGrant.person_id)))


def portfolios_in(round_id: int, portfolio_ids: Collection[int] | None) -> list[int]:
    """The portfolios of a round, or those of them among the given. One statement."""
    found = select(Portfolio.id).where(Portfolio.round_id == round_id)
    if portfolio_ids is not None:
        found = found.where(Portfolio.id.in_(portfolio_ids))
    return list(reading().scalars(found.order_by(Portfolio.id)))


def rounds_with_role(person_id: int) -> list[int]:
    """The rounds in which a person has a role. One statement."""
    found = select(RoleGrant.round_id).where(RoleGrant.person_id == person_id, RoleGrant.round_id.is_not(None))
    return [each for each in reading().scalars(found.distinct().order_by(RoleGrant.round_id)) if each is not None]


def kept_away(people: Collection[int], portfolios: Collection[int]) -> set[RolePair]:
    """Which of these people must keep away from which of these portfolios, as written down. One statement."""
    found = select(RoleConflict.person_id, RoleConflict.portfolio_id)
    found = found.where(RoleConflict.person_id.in_(people), RoleConflict.portfolio_id.in_(portfolios))
    return {(person_id, portfolio_id) for person_id, portfolio_id in reading().execute(found)}


def of_erased_candidates(portfolio_ids: Collection[int]) -> set[int]:
    """Those of these portfolios whose candidate was erased. One statement."""
    found = select(PortfolioOwner.portfolio_id).join(Person, Person.id == PortfolioOwner.person_id)
    found = found.where(PortfolioOwner.portfolio_id.in_(portfolio_ids), Person.state == PersonState.ERASED)
    return set(reading().scalars(found))


def role_findings(
    people: Collection[int], portfolios: Collection[int], at: datetime
) -> Mapping[RolePair, tuple[tuple[Found, ...], Mapping[str, FindingState]]]:
    """What is found about each person and portfolio, and what stands of them in the register. Twelve statements."""
    facts, candidates, register = people_facts(people), candidates_facts(portfolios, at), _register(people)
    kinds = close_detectors()
    return {
        (person_id, portfolio_id): (
            examine(facts[person_id], candidate, kinds),
            register.get((person_id, portfolio_id), {}),
        )
        for portfolio_id, candidate in candidates.items()
        for person_id in facts
    }


def _register(people: Collection[int]) -> dict[RolePair, dict[str, FindingState]]:
    rows = reading().execute(
        select(Member.person_id, Finding.portfolio_id, Finding.kind, Finding.state)
        .join(Member, Member.id == Finding.member_id)
        .where(Member.person_id.in_(people))
        .order_by(Finding.id)
    )
    found: dict[RolePair, dict[str, FindingState]] = defaultdict(dict)
    for person_id, portfolio_id, kind, state in rows:
        found[person_id, portfolio_id][kind] = state
    return found


def person_of_member(member_id: int) -> int:
    """Who a member is. Raises NoResultFound. One statement."""
    return reading().execute(select(Member.person_id).where(Member.id == member_id)).scalar_one()
