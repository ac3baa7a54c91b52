"""Panel members with every default valid: invited, described and seated through the services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import select

from panel_app.accounts.models import EmailAddress
from panel_app.accounts.services import actor_of, add_person
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import reading
from panel_app.panel import services
from panel_app.panel.rules import DeclarationKind, Former, Interest
from panel_app.programmes.queries import RoundView

NAMES = ("Onion Marble", "Rosehip Hatch", "Nutmeg Anvil", "Yew Dolomite", "Sorrel Halyard", "Turnip Auger", "Mica Saw")
"""None of them is a name that builders give to candidates or staff: a member by default has no conflict."""
EIGHT = tuple(f"PSF-{number}" for number in range(1, 9))
_numbers = count(1)


@dataclass(frozen=True)
class AMember:
    """A member as they were built."""

    actor: Actor
    member_id: int
    key: str
    seat_key: str


def a_member(
    round_: RoundView,
    name: str | None = None,
    email: str | None = None,
    *,
    domains: Sequence[str] = EIGHT,
    capacity: int = 4,
    organisation: str = "North Pier Research",
    credential: str = "CPAA",
    aliases: Sequence[str] = (),
    former: Sequence[Former] = (),
    is_lead: bool = False,
    away: tuple[date, date] | None = None,
    checked: bool = True,
    person: Actor | None = None,
    password: str | None = None,
) -> AMember:
    """An active person with a place on a round's panel, who has said that there is nothing more to declare.

    `person`: somebody who has an account already. Without `password` they can't sign in by the form.
    """
    person_id, email = _person(name, email, person, password)
    made = services.invite_member(SYSTEM, round_.key, email, capacity=capacity)
    services.change_member(
        SYSTEM, made.key, services.Profile(credential, organisation, tuple(former), tuple(aliases), tuple(domains))
    )
    if away is not None:
        services.change_seat(SYSTEM, made.seat_key, capacity=capacity, away_from=away[0], away_until=away[1])
    if is_lead:
        services.choose_lead(SYSTEM, made.seat_key, is_lead=True)
    actor = actor_of(person_id)
    if checked:
        services.check_interests(actor, made.key)
    return AMember(actor, made.member_id, made.key, made.seat_key)


def a_declaration(
    member: AMember,
    about: str = "Lantern Freight",
    kind: DeclarationKind = DeclarationKind.ORGANISATION,
    relation: str = "I advised them on a purchase.",
    ended_on: date | None = None,
) -> str:
    """An interest that the member declared; gives the declaration's key."""
    return services.declare(member.actor, member.key, Interest(kind, about, relation, ended_on))


def _person(name: str | None, email: str | None, person: Actor | None, password: str | None) -> tuple[int, str]:
    if person is not None and person.person_id is not None:
        address = reading().scalar(select(EmailAddress.typed).where(EmailAddress.person_id == person.person_id))
        return person.person_id, str(address)
    number = next(_numbers)
    email = email or f"member{number}@example.org"
    return add_person(SYSTEM, name or NAMES[number % len(NAMES)], email, password=password, zone="UTC"), email
