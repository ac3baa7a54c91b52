"""What tests of assignment start from: a closed round, an admitted portfolio, members."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

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
from tests.support.databases import Databases

__all__ = ["served_app", "server", "window"]


@dataclass
class Scene:
    """A closed round with admitted portfolios and members, by position."""

    round: RoundView
    coordinator: Actor
    portfolios: list[APortfolio] = field(default_factory=list)
    members: list[AMember] = field(default_factory=list)

    def copy(self) -> "Scene":
        """The same scene, with lists of its own."""
        return replace(self, portfolios=list(self.portfolios), members=list(self.members))

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


@pytest.fixture(scope="session")
def kept_scenes() -> dict[str, Scene]:
    """What was built already, by database and size."""
    return {}


@pytest.fixture
def scene(app: Flask, databases: Databases, kept_scenes: dict[str, Scene]) -> Build:
    """`scene(portfolios=1, members=3, capacity=4)`: no member has a conflict.

    A test's first scene is built once per worker and database, and copied; further ones are built beside it.
    """
    built: list[str] = []

    def build(portfolios: int = 1, members: int = 3, capacity: int = 4) -> Scene:
        name = f"scene{portfolios}x{members}x{capacity}"
        kept, is_first = f"{databases.dialect}:{name}", not built
        built.append(name)
        if is_first and kept in kept_scenes:
            databases.renew(name)
            return kept_scenes[kept].copy()
        made = _scene(portfolios, members, capacity)
        if is_first:
            databases.keep(name)
            kept_scenes[kept] = made
        return made.copy()

    return build


def _scene(portfolios: int, members: int, capacity: int) -> Scene:
    round_ = a_round(state="closed")
    return Scene(
        round_,
        a_coordinator(round_.id),
        [an_admitted_portfolio(round_) for _ in range(portfolios)],
        [a_member(round_, capacity=capacity) for _ in range(members)],
    )
