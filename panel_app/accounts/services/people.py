"""Adding, changing, closing and erasing accounts."""

from sqlalchemy import delete, func, select

from panel_app import clock
from panel_app.accounts.happenings import (
    AddressConfirmed,
    PersonAdded,
    PersonDeactivated,
    PersonErased,
    PersonReactivated,
    ProfileChanged,
)
from panel_app.accounts.models import (
    AddressChange,
    Credential,
    EmailAddress,
    FormerAddress,
    OneTimeToken,
    Person,
    RoleGrant,
    SecondFactor,
    SignIn,
)
from panel_app.accounts.policy import PeopleAct
from panel_app.accounts.queries import MEMBERS, addresses_ever
from panel_app.accounts.rules import PERSON, PersonAct, PersonState, normalised
from panel_app.accounts.services.passwords import hashed, store_password
from panel_app.accounts.services.roles import keep_one_admin
from panel_app.accounts.services.sign_ins import end_all_sign_ins
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.audit.erasing import forget_words_of
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.jobs.models import KeptPost
from panel_app.foundation.outbox.erasing import forget_messages_of
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_

ONLY_ADMINS = N_("Only an admin adds people. Ask one to do it.")


def add_person(
    actor: Actor,
    name: str,
    email: str,
    *,
    password: str | None = None,
    zone: str | None = None,
    locale: str = "en",
    address_form: str | None = None,
) -> int:
    """Add a person whose address is known to be theirs, active at once; return their id.

    For the command line, imports and the demo. Raises Refused unless an admin or the system does it, Conflicted
    where the address has an account.
    """
    if not (actor.is_system or actor.holds(Role.ADMIN)):
        raise Refused(ONLY_ADMINS)
    secret = hashed(password) if password is not None else None
    with transaction():
        person = new_person(actor, name, email, how="added", zone=zone, locale=locale, address_form=address_form)
        confirm(actor, person)
        if secret is not None:
            store_password(person.id, secret)
        return person.id


def new_person(
    actor: Actor,
    name: str,
    email: str,
    *,
    how: str,
    zone: str | None = None,
    locale: str = "en",
    address_form: str | None = None,
) -> Person:
    """Write a person with an address that is not confirmed yet. Raises Conflicted where the address is taken."""
    with transaction() as db:
        person = Person(name=name.strip(), zone=zone, locale=locale, address_form=address_form)
        person.state, person.created_at = PERSON.start, clock.now()
        db.add(person)
        db.flush()
        db.add(EmailAddress(person_id=person.id, typed=email.strip(), normalised=normalised(email)))
        db.flush()
        record(PersonAdded(person_id=person.id, how=how), by=actor)
        return person


def confirm(actor: Actor, person: Person) -> None:
    """Open the account: the address has been shown to be this person's."""
    with transaction() as db:
        person.state = PERSON.after(PersonAct.CONFIRM, person.state)
        address = locked(db, EmailAddress, person_id=person.id)
        assert address is not None
        address.confirmed_at = clock.now()
        record(AddressConfirmed(person_id=person.id), by=actor)


def change_profile(actor: Actor, *, name: str, address_form: str | None, zone: str | None, locale: str) -> None:
    """Change one's own name, form of address, time zone and language."""
    with transaction() as db:
        person = _own(actor)
        wanted = {"name": name.strip(), "address_form": address_form or None, "zone": zone or None, "locale": locale}
        changed = tuple(sorted(field for field, value in wanted.items() if getattr(person, field) != value))
        if changed:
            person.name, person.address_form = name.strip(), address_form or None
            person.zone, person.locale = zone or None, locale
            db.flush()
            record(ProfileChanged(person_id=person.id, fields=changed), by=actor)


def deactivate_person(actor: Actor, key: str, reason: str) -> None:
    """Close an account: its sign-ins end, its roles stay on record and give no right. Raises Refused."""
    with transaction():
        person = _known(actor, PeopleAct.DEACTIVATE, key)
        keep_one_admin(person.id)
        person.state = PERSON.after(PersonAct.DEACTIVATE, person.state)
        end_all_sign_ins(person.id)
        record(PersonDeactivated(person_id=person.id, reason=PERSON.reason(PersonAct.DEACTIVATE, reason)), by=actor)


def reactivate_person(actor: Actor, key: str, reason: str) -> None:
    """Open a closed account again. Raises Refused."""
    with transaction():
        person = _known(actor, PeopleAct.REACTIVATE, key)
        person.state = PERSON.after(PersonAct.REACTIVATE, person.state)
        record(PersonReactivated(person_id=person.id, reason=PERSON.reason(PersonAct.REACTIVATE, reason)), by=actor)


def erase_person(actor: Actor, key: str, reason: str) -> None:
    """Erase name, addresses, secrets, roles, and what history and outbox hold of them in words.

    What the person did stays under a neutral label, and the chain of the history verifies as before. Later stages
    free open work, and erase what they know of the person, by listening to PersonErased. Raises Refused.
    """
    with transaction() as db:
        person = _known(actor, PeopleAct.ERASE, key)
        keep_one_admin(person.id)
        person.state = PERSON.after(PersonAct.ERASE, person.state)
        addresses = addresses_ever(person.id)
        names, label = [person.name, person.address_form or ""], _neutral_label(person.id)
        person.name, person.address_form, person.zone = label, None, None
        forget_messages_of(person.id, addresses, names, label)
        forget_words_of(person.id, [*addresses, *names])
        for model in _OF_A_PERSON:
            db.execute(delete(model).where(model.person_id == person.id))
        record(PersonErased(person_id=person.id, reason=PERSON.reason(PersonAct.ERASE, reason)), by=actor)


_OF_A_PERSON = (
    OneTimeToken, AddressChange, FormerAddress, EmailAddress, Credential, SecondFactor, RoleGrant, SignIn, KeptPost,
)  # fmt: skip
"""What is deleted when a person is erased, in an order that foreign keys allow."""


def _own(actor: Actor) -> Person:
    with transaction() as db:
        person = locked(db, Person, id=actor.person_id)
        if person is None:
            raise Refused(NOT_FOUND)
        return person


def _known(actor: Actor, act: PeopleAct, key: str) -> Person:
    with transaction() as db:
        must(can(actor, act, key))
        person = locked(db, Person, key=key)
        assert person is not None
        return person


def _neutral_label(person_id: int) -> str:
    """`Former panel member 7`: numbered in the order of erasure, so that it says nothing of the person."""
    with transaction() as db:
        erased = db.scalar(select(func.count()).select_from(Person).where(Person.state == PersonState.ERASED)) or 0
        is_member = db.scalar(select(MEMBERS.c.id).where(MEMBERS.c.person_id == person_id)) is not None
        return f"{'Former panel member' if is_member else 'Former person'} {erased}"
