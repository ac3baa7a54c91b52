"""What tests of assignment start from: a closed round, an admitted portfolio, members."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.services import actor_of, grant_role
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import APortfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.portfolios.models import Assessment, AssessmentStatus
from panel_app.programmes.queries import RoundView
from tests.support.browsers import served_app, server, window

__all__ = ["served_app", "server", "window"]


@dataclass
class Scene:
    """A closed round with admitted portfolios and members, by position."""

    round: RoundView
    coordinator: Actor
    portfolios: list[APortfolio] = field(default_factory=list)
    members: list[AMember] = field(default_factory=list)

    def status(self, place: int = 0) -> AssessmentStatus:
        """Where the assessment of a portfolio stands."""
        reading().rollback()
        return (
            reading()
            .execute(select(Assessment.status).where(Assessment.id == self.portfolios[place].assessment_id))
            .scalar_one()
        )

    def promote(self, person: Actor) -> Actor:
        """Make somebody a coordinator of the round beside what they are."""
        assert person.person_id is not None
        grant_role(SYSTEM, person.person_id, Role.COORDINATOR, self.round.id)
        return actor_of(person.person_id)

    def mails(self, member: AMember, kind: str) -> int:
        """How many messages of a kind a member got."""
        reading().rollback()
        found = select(Notification.id).filter_by(person_id=member.actor.person_id, kind=f"assignment/{kind}")
        return len(reading().scalars(found).all())


Build = Callable[..., Scene]


@pytest.fixture
def scene(app: Flask) -> Build:
    """`scene(portfolios=1, members=3, **round_options)`; members have capacity 4 and no conflict."""

    def build(portfolios: int = 1, members: int = 3, capacity: int = 4, **options: object) -> Scene:
        round_ = a_round(state="closed", **options)  # type: ignore[arg-type]  # handed through as given
        found = Scene(round_, a_coordinator(round_.id))
        found.portfolios = [an_admitted_portfolio(round_) for _ in range(portfolios)]
        found.members = [a_member(round_, capacity=capacity) for _ in range(members)]
        return found

    return build
