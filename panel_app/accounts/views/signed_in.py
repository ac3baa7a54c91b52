"""The person of a request: a random token in the signed cookie, looked up in the table of sign-ins."""

from flask import Request, current_app, session

from panel_app import clock
from panel_app.accounts.queries import actor_by_sign_in
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.foundation.actors import GUEST, Actor, loads_actor

COOKIE_TOKEN = "sign_in"
COOKIE_SEEN = "seen"


@loads_actor
def load(_request: Request) -> Actor:
    """The person of this request's cookie, or a guest: unknown, revoked, ended or idle for too long."""
    token = session.get(COOKIE_TOKEN)
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
