"""Reads of accounts."""

from datetime import datetime

from sqlalchemy import column, select, table

from panel_app.accounts.models import Person, PersonState, RoleGrant, SignIn
from panel_app.foundation.actors import Actor, Grant
from panel_app.foundation.database import reading

# Who sits on a panel is asked at every request; the table is a later stage's, so it is named here, not imported.
MEMBERS = table("member", column("id"), column("person_id"))


def actor_by_sign_in(token_hash: str, now: datetime) -> Actor | None:
    """The actor of a living sign-in. Two statements, in a short transaction of their own."""
    session = reading()
    person_id = session.scalar(
        select(SignIn.person_id)
        .join(Person, Person.id == SignIn.person_id)
        .where(SignIn.token_hash == token_hash, SignIn.revoked_at.is_(None), SignIn.ends_at > now)
        .where(Person.state == PersonState.ACTIVE)
    )
    found = actor_of(person_id) if person_id is not None else None
    session.rollback()
    return found


def actor_of(person_id: int) -> Actor:
    """A person as an actor: name, zone, roles, and whether they sit on a panel. Two statements."""
    session = reading()
    member = MEMBERS.c
    row = session.execute(
        select(Person.key, Person.name, Person.zone, Person.locale, member.id)
        .outerjoin(MEMBERS, member.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    grants = session.execute(select(RoleGrant.role, RoleGrant.round_id).where(RoleGrant.person_id == person_id))
    return Actor(
        person_id=person_id,
        key=row.key,
        name=row.name,
        grants=frozenset(Grant(role, round_id) for role, round_id in grants),
        member_id=row.id,
        zone=row.zone or "UTC",
        locale=row.locale,
    )
