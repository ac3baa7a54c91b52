"""Sign-ins: a random token in the signed cookie, its hash in a row with an absolute end."""

import hashlib
import secrets
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.happenings import SignedIn, SignedOut
from panel_app.accounts.models import SignIn
from panel_app.accounts.queries import actor_of
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A token for a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def begin_sign_in(person_id: int, agent: str = "", *, second_factor: bool = False, confirmed: bool = False) -> str:
    """Store a new sign-in and return its token, for the cookie alone.

    `second_factor`: a code was given for it; `confirmed`: the second question counts as answered.
    """
    token, now = new_token(), clock.now()
    hours = current_app.config["SETTINGS"].session_hours
    with transaction() as db:
        row = SignIn(
            person_id=person_id,
            token_hash=token_hash(token),
            created_at=now,
            ends_at=now + timedelta(hours=hours),
            agent=agent[:200],
            second_factor_at=now if second_factor else None,
            confirmed_at=now if confirmed else None,
        )
        db.add(row)
        record(SignedIn(person_id=person_id), by=actor_of(person_id))
    return token


def end_sign_in(actor: Actor, token: str) -> None:
    """Revoke the sign-in of this token; a copy of the cookie is a guest from now on."""
    with transaction() as db:
        row = locked(db, SignIn, token_hash=token_hash(token), revoked_at=None)
        if row is not None:
            row.revoked_at = clock.now()
            record(SignedOut(person_id=row.person_id), by=actor)


def end_sign_in_by_key(actor: Actor, key: str) -> None:
    """Revoke one of one's own sign-ins. Raises Refused, hidden, for another person's."""
    with transaction() as db:
        row = locked(db, SignIn, key=key, person_id=actor.person_id)
        if row is None:
            raise Refused(NOT_FOUND)
        if row.revoked_at is None:
            row.revoked_at = clock.now()
            record(SignedOut(person_id=row.person_id), by=actor)


def end_all_sign_ins(person_id: int, *, but: str | None = None) -> None:
    """Revoke every sign-in of a person, but the one of the token `but`: after a change of password."""
    kept = token_hash(but) if but else ""
    with transaction() as db:
        for row in db.scalars(select(SignIn).filter_by(person_id=person_id, revoked_at=None)):
            if row.token_hash != kept:
                row.revoked_at = clock.now()
