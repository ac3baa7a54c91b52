"""Places on a panel for tests of score sheets: a member with an assignment on an admitted portfolio."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import APiece, APortfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading, transaction
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.queries import RoundView
from tests.support.kept import kept


@dataclass(frozen=True)
class Place:
    """An assignment with its member, portfolio and round."""

    key: str
    actor: Actor
    member: AMember
    portfolio: APortfolio
    round_: RoundView


@kept
def a_place(
    round_: RoundView | None = None,
    member: AMember | None = None,
    portfolio: APortfolio | None = None,
    *,
    state: AssignmentState | str = AssignmentState.ACCEPTED,
    evidence: Sequence[APiece] | None = None,
    role: AssignmentRole = AssignmentRole.ASSESSOR,
) -> Place:
    """One assignment in a state; round, member and portfolio are made where none is given."""
    round_ = round_ or a_round(state="closed")
    member = member or a_member(round_, capacity=9)
    portfolio = portfolio or an_admitted_portfolio(round_, evidence=evidence)
    made = an_assignment(portfolio, member, state=state, role=role)
    return Place(made.key, member.actor, member, portfolio, round_)


def two_places(*, state: AssignmentState | str = AssignmentState.ACCEPTED) -> tuple[Place, Place]:
    """Two members on one portfolio."""
    first = a_place(state=state)
    return first, a_place(first.round_, None, first.portfolio, state=state)


def many_places(place: Place, number: int) -> None:
    """So many more accepted assignments of the same member, written in bulk: each on a portfolio of its own."""
    now = clock.now()
    part_id = reading().get_one(Assessment, place.portfolio.assessment_id).part_id
    like = reading().get_one(Portfolio, place.portfolio.id)
    with transaction() as db:
        for at in range(number):
            portfolio = Portfolio(
                round_id=like.round_id,
                reference=f"CPAP-BULK-{at:04}",
                status=like.status,
                status_since=now,
                created_at=now,
            )
            db.add(portfolio)
            db.flush()
            first = reading().get_one(Assessment, place.portfolio.assessment_id)
            assessment = Assessment(
                round_id=like.round_id,
                portfolio_id=portfolio.id,
                part_id=part_id,
                occasion=first.occasion,
                number=1,
                status=first.status,
                status_since=now,
            )
            db.add(assessment)
            db.flush()
            db.add(
                Assignment(
                    round_id=like.round_id,
                    assessment_id=assessment.id,
                    member_id=place.member.member_id,
                    role=AssignmentRole.ASSESSOR,
                    state=AssignmentState.ACCEPTED,
                    state_since=now,
                    offered_at=now,
                    answer_by=now,
                    due_at=now + timedelta(days=at % 7),
                )
            )
