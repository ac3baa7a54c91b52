"""Reads for a coordinator's list of a round's panel."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, or_, select

from panel_app.accounts.models import EmailAddress, Person
from panel_app.accounts.rules import PERSON, PersonState, normalised
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.panel.models import Declaration, Member, Seat
from panel_app.panel.queries.places import load_beside
from panel_app.panel.rules import DeclarationState

PER_PAGE = 20


@dataclass(frozen=True)
class PanelRow:
    """A member on a round's panel. `state_words`: where the account stands, empty for an open one.

    `load` counts without what is kept from the reader's eyes; `is_checked`: their word on interests is younger than
    their place.
    """

    seat_key: str
    name: str
    address: str
    state_words: str
    credential: str
    organisation: str
    domains: tuple[str, ...]
    capacity: int
    load: int
    away_from: date | None
    away_until: date | None
    is_lead: bool
    declared: int
    is_checked: bool


def panel_page(round_id: int, viewer: Actor | None, search: str, number: int) -> tuple[list[PanelRow], int]:
    """One page of a round's panel by name, and how many members there are. Two statements."""
    found = _rows(viewer).where(Seat.round_id == round_id, *_holds(search))
    total = reading().scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    page = found.order_by(func.lower(Person.name), Seat.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return [_row(row) for row in reading().execute(page)], total


def panel_row(round_id: int, viewer: Actor | None, seat_key: str) -> PanelRow | None:
    """One member on a round's panel. One statement."""
    found = _rows(viewer).where(Seat.round_id == round_id, Seat.key == seat_key)
    row = reading().execute(found).one_or_none()
    return _row(row) if row else None


def _rows(viewer: Actor | None) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Seat.id,
            Seat.key,
            Person.name,
            EmailAddress.typed,
            Person.state,
            Member.credential,
            Member.organisation,
            Member.domains,
            Seat.capacity,
            load_beside(viewer).label("load"),
            Seat.away_from,
            Seat.away_until,
            Seat.is_lead,
            _declared().label("declared"),
            Member.interests_checked_at,
            Seat.seated_at,
        )
        .join(Member, Member.id == Seat.member_id)
        .join(Person, Person.id == Member.person_id)
        .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
    )


def _declared() -> ScalarSelect[int]:
    standing = Declaration.state == DeclarationState.STANDING
    return select(func.count()).where(Declaration.member_id == Member.id, standing).correlate(Member).scalar_subquery()


def _row(row: Row[Any]) -> PanelRow:
    return PanelRow(
        seat_key=row.key,
        name=row.name,
        address=row.typed or "",
        state_words="" if row.state is PersonState.ACTIVE else PERSON.title(row.state),
        credential=row.credential,
        organisation=row.organisation,
        domains=tuple(row.domains),
        capacity=row.capacity,
        load=row.load,
        away_from=row.away_from,
        away_until=row.away_until,
        is_lead=row.is_lead,
        declared=row.declared,
        is_checked=is_checked(row.interests_checked_at, row.seated_at),
    )


def is_checked(checked_at: datetime | None, seated_at: datetime) -> bool:
    """Whether a member's word that there is nothing more to declare was given for this place."""
    return checked_at is not None and checked_at >= seated_at


def _holds(search: str) -> list[ColumnElement[bool]]:
    text = search.strip()
    if not text:
        return []
    names = (func.lower(each) for each in (Person.name, Member.aliases))
    in_names = [each.contains(text.lower(), autoescape=True) for each in names]
    return [or_(*in_names, EmailAddress.normalised.contains(normalised(text), autoescape=True))]
