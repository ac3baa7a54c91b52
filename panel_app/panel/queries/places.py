"""Reads of places on panels: who sits there, with how much room."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, Select, column, func, select, table

from panel_app.accounts.models import Person
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.panel.models import Member, Seat
from panel_app.panel.rules import PLACE_TAKING
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.queries.visibility import visible_to

# A later stage's table, named here and not imported: who has which assessment.
ASSIGNMENTS = table("assignment", column("id"), column("member_id"), column("assessment_id"), column("state"))


@dataclass(frozen=True)
class PanelMember:
    """A member with a place on a round's panel."""

    member_id: int
    key: str
    person_id: int
    name: str
    credential: str
    organisation: str
    domains: frozenset[str]
    capacity: int
    is_lead: bool
    away_from: date | None
    away_until: date | None

    def is_away(self, day: date) -> bool:
        """Say whether the member is away on a day."""
        return self.away_from is not None and self.away_until is not None and self.away_from <= day <= self.away_until


def members_of(round_id: int) -> list[PanelMember]:
    """Every member on a round's panel, by key of the member. One statement."""
    return [_panel_member(row) for row in reading().execute(_members().where(Seat.round_id == round_id))]


def _members() -> Select[Member, Seat, str]:
    found = select(Member, Seat, Person.name).join(Seat, Seat.member_id == Member.id)
    return found.join(Person, Person.id == Member.person_id).order_by(Member.key)


def _panel_member(row: tuple[Member, Seat, str]) -> PanelMember:
    member, seat, name = row
    return PanelMember(
        member_id=member.id,
        key=member.key,
        person_id=member.person_id,
        name=name,
        credential=member.credential,
        organisation=member.organisation,
        domains=frozenset(member.domains),
        capacity=seat.capacity,
        is_lead=seat.is_lead,
        away_from=seat.away_from,
        away_until=seat.away_until,
    )


def seats_of(member_id: int) -> list[int]:
    """The ids of the rounds on whose panel a member sits. One statement."""
    return list(reading().scalars(select(Seat.round_id).where(Seat.member_id == member_id).order_by(Seat.round_id)))


def load_of(member_id: int, round_id: int) -> int:
    """The assignments of a round that take a member's places now. One statement."""
    found = taken_places(None).where(ASSIGNMENTS.c.member_id == member_id, Portfolio.round_id == round_id)
    return reading().scalar(found) or 0


def taken_places(viewer: Actor | None) -> Select[int]:
    """Count the living assignments; without portfolios that are kept from a viewer's eyes. To be narrowed further."""
    found = (
        select(func.count())
        .select_from(ASSIGNMENTS)
        .join(Assessment, Assessment.id == ASSIGNMENTS.c.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(ASSIGNMENTS.c.state.in_(PLACE_TAKING))
    )
    return found if viewer is None else found.where(*visible_to(viewer))


def load_beside(viewer: Actor | None) -> ScalarSelect[int]:
    """The load of each row of a statement that has Member and Seat, as a column of it."""
    found = taken_places(viewer).where(ASSIGNMENTS.c.member_id == Member.id, Portfolio.round_id == Seat.round_id)
    return found.correlate(Member, Seat).scalar_subquery()
