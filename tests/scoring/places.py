"""Places on a panel for tests of score sheets: a member with an accepted assignment on an admitted portfolio."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import APortfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.keys import new_key
from panel_app.programmes.queries import RoundView


@dataclass(frozen=True)
class Place:
    """An assignment with its member, portfolio and round."""

    key: str
    actor: Actor
    member: AMember
    portfolio: APortfolio
    round_: RoundView


def a_place(
    round_: RoundView | None = None,
    member: AMember | None = None,
    portfolio: APortfolio | None = None,
    *,
    state: AssignmentState = AssignmentState.ACCEPTED,
    due_at: datetime | None = None,
) -> Place:
    """One assignment in a state; round, member and portfolio are made where none is given."""
    round_ = round_ or a_round(state="closed")
    member = member or a_member(round_)
    portfolio = portfolio or an_admitted_portfolio(round_)
    now = clock.now()
    with transaction() as db:
        row = Assignment(
            key=new_key(),
            assessment_id=portfolio.assessment_id,
            member_id=member.member_id,
            role=AssignmentRole.ASSESSOR,
            state=state,
            state_since=now,
            offered_at=now,
            answer_by=now + timedelta(days=5),
            due_at=due_at or now + timedelta(days=14),
            accepted_at=now,
        )
        db.add(row)
    return Place(row.key, member.actor, member, portfolio, round_)
