"""Reads for the pages of accounts: frozen rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from panel_app.accounts.models import AddressChange, EmailAddress, Person, RoleGrant, SignIn
from panel_app.accounts.queries import MEMBERS, OWNERS, ROUNDS
from panel_app.accounts.rules import PERSON, PersonState, browser_of, normalised
from panel_app.foundation.actors import Role
from panel_app.foundation.database import reading
from panel_app.foundation.states import Tone
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_

PEOPLE_PER_PAGE = 20
MOST_ROUNDS = 200


@dataclass(frozen=True)
class SignInRow:
    """One living sign-in of a person."""

    key: str
    browser: str
    system: str
    since: Shown
    ends: Shown
    is_this: bool


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people. `parts`: roles, and whether they sit on a panel or hand something in."""

    key: str
    name: str
    address: str
    state: str
    tone: Tone
    parts: tuple[str, ...]


@dataclass(frozen=True)
class RoleRow:
    """One role of a person."""

    role: str
    round_key: str
    round_code: str
    since: Shown
    reason: str


@dataclass(frozen=True)
class PersonPage:
    """One person, for admins."""

    key: str
    name: str
    address: str
    state: PersonState
    state_title: str
    tone: Tone
    since: Shown
    confirmed: bool
    refused: bool
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True)
class Profile:
    """A person's own particulars."""

    name: str
    address_form: str
    zone: str
    locale: str
    address: str


@dataclass(frozen=True)
class ChangeRow:
    """A change of address that was asked for. `ends`: until when its links work."""

    before: str
    wanted: str
    is_made: bool
    ends: Shown


@dataclass(frozen=True)
class AddressPage:
    """A person's own address, whether the mail server refuses it, and the change that waits."""

    address: str
    refused: bool
    waits: ChangeRow | None


def address_page(person_id: int, zone: str, now: datetime) -> AddressPage:
    """A person's own address and the change that waits. Two statements."""
    own = select(EmailAddress.typed, EmailAddress.refused_at).where(EmailAddress.person_id == person_id)
    row = reading().execute(own).one()
    waiting = _changes(now).where(AddressChange.person_id == person_id, AddressChange.confirmed_at.is_(None))
    return AddressPage(row.typed, row.refused_at is not None, _change(reading().scalar(waiting), zone, now))


def change_to_make(confirm_hash: str, person_id: int | None, now: datetime) -> ChangeRow | None:
    """The change that a link to this person's new address makes, while it is good. One statement."""
    mine = AddressChange.person_id == person_id, AddressChange.confirmed_at.is_(None)
    return _change(reading().scalar(_changes(now).where(AddressChange.confirm_hash == confirm_hash, *mine)), "UTC", now)


def change_to_stop(stop_hash: str, now: datetime) -> ChangeRow | None:
    """The change that a link to an old address stops, while it is good. One statement."""
    return _change(reading().scalar(_changes(now).where(AddressChange.stop_hash == stop_hash)), "UTC", now)


def _changes(now: datetime) -> Select[AddressChange]:
    return select(AddressChange).where(AddressChange.ended_at.is_(None), AddressChange.ends_at > now)


def _change(row: AddressChange | None, zone: str, now: datetime) -> ChangeRow | None:
    if row is None:
        return None
    return ChangeRow(row.before, row.wanted, row.confirmed_at is not None, shown(row.ends_at, zone, None, now))


def sign_ins_of(person_id: int, this_hash: str, zone: str, now: datetime) -> list[SignInRow]:
    """The living sign-ins of a person, the newest first, at most fifty. One statement."""
    rows = reading().execute(
        select(SignIn.key, SignIn.agent, SignIn.created_at, SignIn.ends_at, SignIn.token_hash)
        .where(SignIn.person_id == person_id, SignIn.revoked_at.is_(None), SignIn.ends_at > now)
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
        .limit(50)
    )
    return [
        SignInRow(
            row.key,
            *browser_of(row.agent),
            shown(row.created_at, zone, None, now),
            shown(row.ends_at, zone, None, now),
            row.token_hash == this_hash,
        )
        for row in rows
    ]


def profile_of(person_id: int) -> Profile:
    """A person's own particulars. One statement."""
    found = select(Person.name, Person.address_form, Person.zone, Person.locale, EmailAddress.typed)
    row = reading().execute(found.join(EmailAddress, EmailAddress.person_id == Person.id).where(Person.id == person_id))
    name, address_form, zone, locale, address = row.one()
    return Profile(name, address_form or "", zone or "", locale, address)


def people(search: str, number: int) -> tuple[list[PersonRow], int]:
    """One page of the people whose name or address holds `search`, and how many there are. Three statements."""
    wanted, where = select(Person.id), _holds(search)
    if where:
        wanted = wanted.outerjoin(EmailAddress).where(*where)
    total = reading().scalar(select(func.count()).select_from(wanted.subquery())) or 0
    order = func.lower(Person.name), Person.id
    page = wanted.order_by(*order).limit(PEOPLE_PER_PAGE).offset((number - 1) * PEOPLE_PER_PAGE)
    is_member = exists().where(MEMBERS.c.person_id == Person.id)
    is_candidate = exists().where(OWNERS.c.person_id == Person.id)
    rows = (
        reading()
        .execute(
            select(Person.id, Person.key, Person.name, EmailAddress.typed, Person.state, is_member, is_candidate)
            .join(found := page.subquery(), found.c.id == Person.id)
            .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
            .order_by(*order)
        )
        .all()
    )
    roles = _roles_by_person([row[0] for row in rows])
    return [
        PersonRow(
            key, name, typed or "", PERSON.title(state), PERSON.tone(state), _parts(roles[person], member, candidate)
        )
        for person, key, name, typed, state, member, candidate in rows
    ], total


def _roles_by_person(person_ids: list[int]) -> defaultdict[int, set[Role]]:
    found: defaultdict[int, set[Role]] = defaultdict(set)
    granted = select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(person_ids))
    for person_id, role in reading().execute(granted):
        found[person_id].add(role)
    return found


def _parts(roles: set[Role], is_member: bool, is_candidate: bool) -> tuple[str, ...]:
    """What a person is, for a list: their roles in the order of `Role`, then panel member, then candidate."""
    return (
        *(role.value for role in Role if role in roles),
        *((N_("panel member"),) if is_member else ()),
        *((N_("candidate"),) if is_candidate else ()),
    )


def _holds(search: str) -> list[ColumnElement[bool]]:
    text = search.strip()
    if not text:
        return []
    name = func.lower(Person.name).contains(text.lower(), autoescape=True)
    address = EmailAddress.normalised.contains(normalised(text), autoescape=True)
    return [or_(name, Person.name.contains(text, autoescape=True), address)]


def person_page(key: str, zone: str, now: datetime) -> PersonPage | None:
    """One person with their roles. Two statements."""
    row = (
        reading()
        .execute(
            select(Person, EmailAddress)
            .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
            .where(Person.key == key)
        )
        .one_or_none()
    )
    if row is None:
        return None
    person, email = row
    return PersonPage(
        key=person.key,
        name=person.name,
        address=email.typed if email else "",
        state=person.state,
        state_title=PERSON.title(person.state),
        tone=PERSON.tone(person.state),
        since=shown(person.created_at, zone, None, now),
        confirmed=bool(email and email.confirmed_at),
        refused=bool(email and email.refused_at),
        roles=_roles_of(person.id, zone, now),
    )


def _roles_of(person_id: int, zone: str, now: datetime) -> tuple[RoleRow, ...]:
    rows = reading().execute(
        select(RoleGrant.role, ROUNDS.c.key, ROUNDS.c.code, RoleGrant.granted_at, RoleGrant.reason)
        .outerjoin(ROUNDS, ROUNDS.c.id == RoleGrant.round_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(ROUNDS.c.code, RoleGrant.id)
    )
    return tuple(
        RoleRow(role.value, key or "", code or "", shown(at, zone, None, now), reason)
        for role, key, code, at, reason in rows
    )


def round_choices() -> dict[str, str]:
    """Key → code and title, of the newest rounds, for a list to pick from. One statement."""
    found = select(ROUNDS.c.key, ROUNDS.c.code, ROUNDS.c.title).order_by(ROUNDS.c.id.desc()).limit(MOST_ROUNDS)
    return {key: f"{code} · {title}" for key, code, title in reading().execute(found)}


def round_id_of_key(key: str) -> int | None:
    """The id of a round. One statement."""
    return reading().scalar(select(ROUNDS.c.id).where(ROUNDS.c.key == key))


def role_choices() -> dict[str, str]:
    """Every role, for a list to pick from: none is chosen at first, and the widest right stands last."""
    names = {role.value: role.value for role in sorted(Role, key=lambda each: each is Role.ADMIN)}
    return {"": "", **names}
