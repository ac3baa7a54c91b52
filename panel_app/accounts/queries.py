"""Reads of accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Subquery, and_, bindparam, column, exists, literal, select, table, union_all
from sqlalchemy.exc import NoResultFound

from panel_app.accounts.models import (
    AddressChange,
    EmailAddress,
    FormerAddress,
    OneTimeToken,
    Person,
    RoleGrant,
    SecondFactor,
    SignIn,
)
from panel_app.accounts.rules import PersonState, TokenPurpose, normalised
from panel_app.foundation.actors import Actor, Grant, Role
from panel_app.foundation.database import reading

# Later stages' tables, named here and not imported: who sits on a panel, who handed something in, which rounds exist.
MEMBERS = table("member", column("id"), column("person_id"))
OWNERS = table("portfolio_owner", column("person_id"))
ROUNDS = table("round", column("id"), column("key"), column("code"), column("title"))


def _every_address() -> Subquery:
    present = select(EmailAddress.person_id, EmailAddress.typed, literal(0).label("former"), EmailAddress.id)
    former = select(FormerAddress.person_id, FormerAddress.typed, literal(1).label("former"), FormerAddress.id)
    return union_all(present, former).subquery("every_address")


EVERY_ADDRESS = _every_address()
"""person_id, typed, former (0 or 1), id: the address that a person has, and those that they had before."""


@dataclass(frozen=True)
class Account:
    """A person as a service needs them: ids, state, name and the one address."""

    id: int
    key: str
    name: str
    state: PersonState
    email_id: int
    address: str


_PERSONS = (
    select(
        Person.id.label("person_id"),
        Person.key,
        Person.name,
        Person.zone,
        Person.locale,
        MEMBERS.c.id.label("member_id"),
        exists().where(OWNERS.c.person_id == Person.id).label("is_candidate"),
        RoleGrant.role,
        RoleGrant.round_id,
    )
    .outerjoin(MEMBERS, MEMBERS.c.person_id == Person.id)
    .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
    .order_by(RoleGrant.id)
)
_BY_SIGN_IN = (
    _PERSONS.join(SignIn, SignIn.person_id == Person.id)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.revoked_at.is_(None), SignIn.ends_at > bindparam("now"))
    .where(Person.state == PersonState.ACTIVE)
)
_BY_ID = _PERSONS.where(Person.id == bindparam("person_id"))


def actor_by_sign_in(token_hash: str, now: datetime) -> Actor | None:
    """The actor of a living sign-in. One statement, in a short transaction of its own: every request begins with it."""
    session = reading()
    rows = session.execute(_BY_SIGN_IN, {"token_hash": token_hash, "now": now}).all()
    session.rollback()
    return _actor(rows) if rows else None


def actor_of(person_id: int) -> Actor:
    """A person as an actor: name, zone, roles, whether they sit on a panel or hand something in. One statement.

    Raises NoResultFound.
    """
    rows = reading().execute(_BY_ID, {"person_id": person_id}).all()
    if not rows:
        raise NoResultFound(f"there is no person {person_id}")
    return _actor(rows)


def _actor(rows: Sequence[Row[*tuple[Any, ...]]]) -> Actor:
    """One person's rows, one for each role; a single one without a role for who has none."""
    person = rows[0]
    return Actor(
        person_id=person.person_id,
        key=person.key,
        name=person.name,
        grants=frozenset(Grant(row.role, row.round_id) for row in rows if row.role is not None),
        is_candidate=bool(person.is_candidate),
        member_id=person.member_id,
        zone=person.zone,
        locale=person.locale,
    )


def account_by_address(address: str) -> Account | None:
    """The person of an address, however its letters are typed. One statement."""
    row = reading().execute(_accounts().where(EmailAddress.normalised == normalised(address))).one_or_none()
    return Account(*row) if row else None


def account_by_key(key: str) -> Account | None:
    """The person of a public key who still has an address. One statement."""
    row = reading().execute(_accounts().where(Person.key == key)).one_or_none()
    return Account(*row) if row else None


def account_of(person_id: int) -> Account | None:
    """The person of an id who still has an address. One statement."""
    row = reading().execute(_accounts().where(Person.id == person_id)).one_or_none()
    return Account(*row) if row else None


def _accounts() -> Select[int, str, str, PersonState, int, str]:
    return select(Person.id, Person.key, Person.name, Person.state, EmailAddress.id, EmailAddress.typed).join(
        EmailAddress, EmailAddress.person_id == Person.id
    )


def round_id_of(code: str) -> int | None:
    """The id of the round with this code, whatever the case of its letters. One statement."""
    return reading().scalar(select(ROUNDS.c.id).where(ROUNDS.c.code == code.strip().upper()))


def person_by_address(address: str) -> int | None:
    """The id of the person of an address, however its letters are typed. One statement."""
    found = select(EmailAddress.person_id).where(EmailAddress.normalised == normalised(address))
    return reading().scalar(found)


def holders(role: Role, round_id: int | None = None, *, with_invited: bool = False) -> list[int]:
    """The ids of the active persons with a role, in a round or for the installation. One statement."""
    states = [PersonState.ACTIVE, PersonState.INVITED] if with_invited else [PersonState.ACTIVE]
    where = RoleGrant.round_id.is_(None) if round_id is None else RoleGrant.round_id == round_id
    found = select(RoleGrant.person_id).join(Person, Person.id == RoleGrant.person_id)
    found = found.where(RoleGrant.role == role, where, Person.state.in_(states))
    return list(reading().scalars(found.order_by(RoleGrant.id)))


def live_token(token_hash: str, purposes: Collection[TokenPurpose], now: datetime) -> Account | None:
    """The person of a one-time link that is unused, not over, and for one of these purposes. One statement."""
    token = OneTimeToken
    found = (
        _accounts()
        .join(token, and_(token.person_id == Person.id, token.email_id == EmailAddress.id))
        .where(token.token_hash == token_hash, token.purpose.in_(purposes), token.used_at.is_(None))
        .where(token.ends_at > now, Person.state.in_([PersonState.INVITED, PersonState.ACTIVE]))
    )
    row = reading().execute(found).one_or_none()
    return Account(*row) if row else None


def person_of_sign_in(token_hash: str) -> int | None:
    """The active person of a sign-in that may have ended. One statement."""
    found = select(SignIn.person_id).join(Person, Person.id == SignIn.person_id)
    return reading().scalar(found.where(SignIn.token_hash == token_hash, Person.state == PersonState.ACTIVE))


def second_factor_of(person_id: int) -> tuple[str, bool] | None:
    """The secret of a person's second factor, and whether it is confirmed. One statement."""
    found = select(SecondFactor.secret, SecondFactor.confirmed_at).where(SecondFactor.person_id == person_id)
    row = reading().execute(found).one_or_none()
    return (row.secret, row.confirmed_at is not None) if row else None


def has_given_code(token_hash: str) -> bool:
    """Whether a code was given for this sign-in. One statement."""
    given = reading().scalar(select(SignIn.second_factor_at).where(SignIn.token_hash == token_hash))
    reading().rollback()
    return given is not None


def confirmed_at(token_hash: str) -> datetime | None:
    """When the second question was last answered for this sign-in. One statement."""
    found = reading().scalar(select(SignIn.confirmed_at).where(SignIn.token_hash == token_hash))
    reading().rollback()
    return found


def has_second_factor(person_id: int) -> bool:
    """Whether a person's second factor is set up and confirmed. One statement."""
    known = second_factor_of(person_id)
    return known is not None and known[1]


def addresses_ever(person_id: int) -> list[str]:
    """Every address that a person has, had, or asked for. Two statements."""
    found = list(reading().scalars(select(EVERY_ADDRESS.c.typed).where(EVERY_ADDRESS.c.person_id == person_id)))
    asked = select(AddressChange.wanted).where(AddressChange.person_id == person_id)
    return sorted({*found, *reading().scalars(asked)})


def refused_address(person_id: int) -> str | None:
    """The person's address, if the mail server refused it for good. One statement."""
    found = select(EmailAddress.typed).where(EmailAddress.person_id == person_id, EmailAddress.refused_at.is_not(None))
    return reading().scalar(found)
