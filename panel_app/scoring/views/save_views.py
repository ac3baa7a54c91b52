"""Background saves: one field a request, answered in JSON with what is saved, or with both texts."""

from dataclasses import asdict

import structlog
from flask import Response, jsonify, request
from flask_babel import gettext
from sqlalchemy.exc import OperationalError

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.saying import say
from panel_app.scoring.forms import WrongBody, save_body
from panel_app.scoring.rules.fields import Unacceptable
from panel_app.scoring.services import FieldChange, Saved, Stale, save_field
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.shapes import clash_words, saved_words
from panel_app.scoring.views.sheet_views import own_facts, zone_of

log = structlog.get_logger()
TRY_AGAIN = 10
"""Seconds after which another program may try again; the page has its own, growing pauses."""
MOST_BYTES = 200_000
"""A field of the most letters, each of four bytes and escaped, and no more."""


@bp.patch("/reviews/<key:assignment_key>/sheet")
@allow(Who.PANEL_MEMBER, on=("PATCH",))
def save_one(assignment_key: str) -> Response:
    """Save one field. 200 `{"revision": n, …}`; 409 with both texts, or why the sheet is shut; 422 with what to do."""
    if (request.content_length or 0) > MOST_BYTES:
        return _refused(413, gettext("This text is too long to be saved. Shorten it; it is kept on this page."))
    body = save_body(request.get_json(silent=True))
    if body.pop("assignment") != assignment_key:
        return _refused(409, gettext("This save belongs to another score sheet. Reload the page."))
    return _answer(save_field(actor(), assignment_key, FieldChange(**body)))


def _answer(saved: Saved) -> Response:
    zone = actor().zone or saved.zone
    return jsonify(
        revision=saved.revision,
        saved_at=saved.saved_at.isoformat(),
        said=saved_words(saved.saved_at, saved.revision, zone),
        done=saved.done,
        others={name: {"value": change.value, "revision": change.revision} for name, change in saved.others.items()},
    )


def _refused(status: int, sentence: str) -> Response:
    response = jsonify(error=sentence)
    response.status_code = status
    return response


@bp.errorhandler(OperationalError)
def on_database(error: OperationalError) -> Response:
    """The database is locked for too long, full or away: nothing was saved, and the page sends it again by itself."""
    if request.endpoint != "scoring.save_one":
        raise error
    log.error("save_failed", kind=type(error.orig).__name__, exc_info=error)
    answer = _refused(503, gettext("It can't be saved just now. Your text is kept on this device and is sent again."))
    answer.headers["Retry-After"] = str(TRY_AGAIN)
    return answer


@bp.errorhandler(Stale)
def on_stale(error: Stale) -> Response:
    """Both texts: nothing was saved, and nothing is lost."""
    clash = error.clash
    zone = zone_of(own_facts((request.view_args or {})["assignment_key"]))
    said = saved_words(clash.saved_at, clash.revision, zone)
    answer = {**asdict(clash), "saved_at": clash.saved_at.isoformat(), "said": said}
    response = jsonify(error=clash_words(clash.saved_at, zone), **answer)
    response.status_code = 409
    return response


@bp.errorhandler(Unacceptable)
def on_unacceptable(error: Unacceptable) -> Response:
    """What the field can't hold, and what to do."""
    return _refused(422, say(error.sentence))


@bp.errorhandler(WrongBody)
def on_wrong_body(error: WrongBody) -> Response:
    """A body that is no save."""
    return _refused(422, error.sentence)
