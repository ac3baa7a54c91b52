"""Findings in the register, each found by its detector from facts that the builders gave."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import FindingAct, FindingState
from panel_app.conflicts.services import decide
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.programmes.queries import RoundView


@dataclass(frozen=True)
class AFinding:
    """A finding with its member and portfolio."""

    key: str
    kind: str
    state: FindingState
    member: AMember
    portfolio: APortfolio


def a_barred_pair(round_: RoundView) -> AFinding:
    """A member who works for the candidate's organisation."""
    portfolio = a_portfolio(round_, organisation="Lantern Freight Ltd", copies=False)
    member = a_member(round_, organisation="Lantern Freight")
    return the_finding(member, portfolio, "same_organisation")


def an_undecided_pair(round_: RoundView, name: str | None = None) -> AFinding:
    """A member whom the portfolio names as a mentor: a coordinator must decide."""
    name = name or "Corn Ashlar"
    portfolio = a_portfolio(round_, people_named=[f"{name} (mentor)"], copies=False)
    member = a_member(round_, name=name)
    return the_finding(member, portfolio, "named_in_portfolio")


def a_dismissed_finding(round_: RoundView, by: Actor, reason: str = "They met once, at a fair.") -> AFinding:
    """A finding that a coordinator dismissed."""
    found = an_undecided_pair(round_)
    decide(by, found.key, FindingAct.DISMISS, reason)
    return the_finding(found.member, found.portfolio, found.kind)


def the_finding(member: AMember, portfolio: APortfolio, kind: str) -> AFinding:
    """The finding of one kind about a pair. Raises NoResultFound where there is none."""
    found = select(Finding.key, Finding.state).where(
        Finding.member_id == member.member_id, Finding.portfolio_id == portfolio.id, Finding.kind == kind
    )
    row = reading().execute(found).one()
    return AFinding(row.key, kind, row.state, member, portfolio)
