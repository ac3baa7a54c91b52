"""The blueprint of accounts, and what its pages share."""

from flask import Blueprint, request, session, url_for

from panel_app.accounts.services.kept_posts import is_kept_for
from panel_app.accounts.views.signed_in import COOKIE_SEEN, COOKIE_TOKEN
from panel_app.foundation.web.links import own_path

bp = Blueprint("accounts", __name__)

TODAY = "/today"
KEPT = "kept"


def enter(person_id: int, token: str) -> str:
    """Put a new sign-in into a cookie made anew, and say where to go: to what was kept, to `next`, or to today."""
    kept = session.get(KEPT)
    session.clear()
    session[COOKIE_TOKEN] = token
    if isinstance(kept, str) and is_kept_for(person_id, kept):
        return url_for("accounts.kept", kept_key=kept)
    return own_path(request.args.get("next")) or TODAY


def this_token() -> str:
    """The token of this request's sign-in, empty for a guest."""
    return str(session.get(COOKIE_TOKEN, ""))


__all__ = ["COOKIE_SEEN", "COOKIE_TOKEN", "KEPT", "TODAY", "bp", "enter", "this_token"]
