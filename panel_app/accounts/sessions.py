"""Sign-ins: a random token in the signed cookie, its hash in a row with an absolute end."""

import hashlib
import secrets
from datetime import timedelta

from flask import Request, current_app, session
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.happenings import SignedIn, SignedOut
from panel_app.accounts.models import SignIn
from panel_app.accounts.queries import actor_by_sign_in, actor_of
from panel_app.foundation.actors import GUEST, Actor, loads_actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record

COOKIE_SIGN_IN = "sign_in"
COOKIE_SEEN = "seen"


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_sign_in(person_id: int, agent: str = "") -> str:
    """Store a new sign-in and return its token, for the cookie alone."""
    token, now = secrets.token_urlsafe(32), clock.now()
    hours = current_app.config["SETTINGS"].session_hours
    with transaction() as db:
        row = SignIn(
            person_id=person_id,
            token_hash=token_hash(token),
            created_at=now,
            ends_at=now + timedelta(hours=hours),
            agent=agent[:200],
        )
        db.add(row)
        record(SignedIn(person_id=person_id), by=actor_of(person_id))
    return token


def end_sign_in(actor: Actor, token: str) -> None:
    """Revoke the sign-in of this token; a copy of the cookie is a guest from now on."""
    with transaction() as db:
        row = db.scalars(select(SignIn).filter_by(token_hash=token_hash(token), revoked_at=None)).one_or_none()
        if row is not None:
            row.revoked_at = clock.now()
            record(SignedOut(person_id=row.person_id), by=actor)


def end_all_sign_ins(person_id: int, *, but: str | None = None) -> None:
    """Revoke every sign-in of a person, but the one of the token `but`: after a change of password or role."""
    kept = token_hash(but) if but else ""
    with transaction() as db:
        rows = db.scalars(select(SignIn).filter_by(person_id=person_id, revoked_at=None))
        for row in rows:
            if row.token_hash != kept:
                row.revoked_at = clock.now()


@loads_actor
def load(request: Request) -> Actor:
    """The person of this request's cookie, or a guest: unknown, revoked, ended or idle for too long."""
    token = session.get(COOKIE_SIGN_IN)
    if not token or _is_idle():
        return GUEST
    found = actor_by_sign_in(token_hash(token), clock.now())
    if found is None:
        return GUEST
    _stamp()
    return found


def _is_idle() -> bool:
    minutes = current_app.config["SETTINGS"].session_idle_minutes
    seen = session.get(COOKIE_SEEN)
    return isinstance(seen, int) and clock.now().timestamp() - seen > minutes * 60


def _stamp() -> None:
    """Note in the cookie, to the minute, that the person was here; no row is written on a GET."""
    minute = int(clock.now().timestamp()) // 60 * 60
    if session.get(COOKIE_SEEN) != minute:
        session[COOKIE_SEEN] = minute
