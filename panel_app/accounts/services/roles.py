"""Granting and withdrawing roles. Rights are read at each request, so a withdrawal holds at the very next one."""

from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.happenings import RoleGranted, RoleWithdrawn
from panel_app.accounts.models import Person, RoleGrant
from panel_app.accounts.page_queries import round_id_of_key
from panel_app.accounts.policy import PeopleAct, facts
from panel_app.accounts.queries import holders
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_

LAST_ADMIN = N_("This is the last admin. Make another person admin first.")
NEEDS_ROUND = N_("Choose the round in which the role is granted.")
NO_ROUND = N_("An admin looks after the whole installation: leave the round empty.")
HAS_COORDINATOR = N_("The round has a coordinator already; an admin grants further roles.")


def grant_role(actor: Actor, person_id: int, role: Role, round_id: int | None = None, reason: str = "") -> None:
    """Grant a role in a round, or admin for the installation (`round_id` none). Twice is as once.

    Raises Refused unless an admin or the system does it, and where role and round don't fit.
    """
    with transaction() as db:
        must(can(actor, PeopleAct.GRANT, _key_of(person_id)))
        if (role is Role.ADMIN) != (round_id is None):
            raise Refused(NO_ROUND if role is Role.ADMIN else NEEDS_ROUND, moment=True)
        locked(db, Person, id=person_id)
        _add(actor, person_id, role, round_id, reason)


def give_first_coordinator(actor: Actor, round_id: int) -> None:
    """Make the maker of a round its first coordinator, inside the act that makes it.

    The right to make a round is checked by that act. Raises Refused where the round has a coordinator.
    """
    if actor.person_id is None or holders(Role.COORDINATOR, round_id):
        raise Refused(HAS_COORDINATOR, moment=True)
    with transaction():
        _add(actor, actor.person_id, Role.COORDINATOR, round_id, "")


def withdraw_role(actor: Actor, person_id: int, role: Role, round_id: int | None, reason: str) -> None:
    """Take a role away, with a reason. Raises Refused for the last admin and unless an admin does it."""
    with transaction() as db:
        must(can(actor, PeopleAct.WITHDRAW, _key_of(person_id)))
        if role is Role.ADMIN:
            keep_one_admin(person_id)
        row = _grant(person_id, role, round_id)
        if row is not None:
            db.delete(row)
            record(RoleWithdrawn(person_id=person_id, role=role.value, round_id=round_id, reason=reason), by=actor)


def keep_one_admin(person_id: int) -> None:
    """Raise Refused when nobody would be admin without this person. All admins are locked, so two can't both go."""
    with transaction() as db:
        rows = select(RoleGrant).where(RoleGrant.role == Role.ADMIN).order_by(RoleGrant.id).with_for_update()
        is_admin = any(row.person_id == person_id for row in db.scalars(rows))
        if is_admin and not set(holders(Role.ADMIN)) - {person_id}:
            raise Refused(LAST_ADMIN, moment=True)


def _add(actor: Actor, person_id: int, role: Role, round_id: int | None, reason: str) -> None:
    with transaction() as db:
        if _grant(person_id, role, round_id) is None:
            row = RoleGrant(person_id=person_id, role=role, round_id=round_id, granted_at=clock.now(), reason=reason)
            db.add(row)
            db.flush()
            record(RoleGranted(person_id=person_id, role=role.value, round_id=round_id, reason=reason), by=actor)


def _grant(person_id: int, role: Role, round_id: int | None) -> RoleGrant | None:
    with transaction() as db:
        same_round = RoleGrant.round_id.is_(None) if round_id is None else RoleGrant.round_id == round_id
        found = select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.role == role, same_round)
        return db.scalars(found).one_or_none()


def _key_of(person_id: int) -> str:
    with transaction() as db:
        key = db.scalar(select(Person.key).where(Person.id == person_id))
        if key is None:
            raise Refused(NOT_FOUND)
        return key


def grant_by_key(actor: Actor, person_key: str, role: str, round_key: str, reason: str) -> None:
    """Grant a role to the person and in the round of these public keys; no round for an admin. Raises Refused."""
    grant_role(actor, _id_of(person_key), Role(role), _round_id(round_key), reason)


def withdraw_by_key(actor: Actor, person_key: str, role: str, round_key: str, reason: str) -> None:
    """Take a role away from the person of a public key. Raises Refused."""
    if role not in set(Role):
        raise Refused(NOT_FOUND)
    withdraw_role(actor, _id_of(person_key), Role(role), _round_id(round_key), reason)


def _id_of(key: str) -> int:
    found = facts(key)
    if found is None:
        raise Refused(NOT_FOUND)
    return found.id


def _round_id(key: str) -> int | None:
    round_id = round_id_of_key(key) if key else None
    if key and round_id is None:
        raise Refused(NOT_FOUND)
    return round_id
