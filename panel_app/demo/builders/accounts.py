"""People with every default valid: added through the services, as actors."""

from itertools import count

from panel_app.accounts.services import actor_of, add_person, grant_role
from panel_app.foundation.actors import SYSTEM, Actor, Role

NAMES = (
    "Ivy Tamarack",
    "Kelp Agate",
    "Walnut",
    "Moss Hammer",
    "Bramble Vise",
    "Linden Tin",
    "Adze Slate",
    "Mallow Awl",
)
_numbers = count(1)


def a_person(
    name: str | None = None,
    email: str | None = None,
    *,
    password: str | None = None,
    zone: str | None = "UTC",
    locale: str = "en",
) -> Actor:
    """An active person with a confirmed address; without `password` they can't sign in by the form."""
    number = next(_numbers)
    name = name or NAMES[number % len(NAMES)]
    email = email or f"person{number}@example.org"
    return actor_of(add_person(SYSTEM, name, email, password=password, zone=zone, locale=locale))


def an_admin(name: str = "Rue Sarsen", email: str | None = None, *, password: str | None = None) -> Actor:
    """A person who looks after settings and people."""
    return _with_role(Role.ADMIN, None, name, email, password)


def a_coordinator(
    round_id: int, name: str = "Parsnip Ladle", email: str | None = None, *, password: str | None = None
) -> Actor:
    """A coordinator of the round."""
    return _with_role(Role.COORDINATOR, round_id, name, email, password)


def a_moderator(
    round_id: int, name: str = "Samphire Oxbow", email: str | None = None, *, password: str | None = None
) -> Actor:
    """A moderator of the round."""
    return _with_role(Role.MODERATOR, round_id, name, email, password)


def a_signer(
    round_id: int, name: str = "Henbane Bracket", email: str | None = None, *, password: str | None = None
) -> Actor:
    """A signer of the round."""
    return _with_role(Role.SIGNER, round_id, name, email, password)


def an_observer(
    round_id: int, name: str = "Thistle Rake", email: str | None = None, *, password: str | None = None
) -> Actor:
    """An observer of the round."""
    return _with_role(Role.OBSERVER, round_id, name, email, password)


def _with_role(role: Role, round_id: int | None, name: str, email: str | None, password: str | None) -> Actor:
    person = a_person(name, email, password=password)
    assert person.person_id is not None
    grant_role(SYSTEM, person.person_id, role, round_id)
    return actor_of(person.person_id)
