"""One handler per kind of error: a page with words and a request id, or JSON for a background save."""

import re
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from panel_app.foundation.database import Conflicted
from panel_app.foundation.permissions import Refusal, Refused
from panel_app.foundation.saying import say
from panel_app.foundation.states import NotFromHere, ReasonMissing
from panel_app.foundation.typed import Pairs, is_secret, without_secrets
from panel_app.foundation.web.guard import ForeignHost, own_origin
from panel_app.foundation.web.refusals import because
from panel_app.foundation.words import N_

log = structlog.get_logger()
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
OF_THE_FORM = re.compile(r"[A-Za-z0-9_.:+-]+")

SENTENCES = {
    400: N_("The request could not be read. Go back, reload the page and try again."),
    401: N_("Sign in to go on."),
    403: N_("You can't do this. If you should be able to, ask the round's coordinator."),
    404: N_("There is no such page, or it is not yours to see."),
    405: N_("This address can't be used like that. Go back and use the page's own buttons."),
    409: N_("Something has changed since you opened the page. Reload it to see how things stand."),
    413: N_("What you sent is too large. Send less, or a smaller file."),
    415: N_("This kind of content can't be read here. Use the page's own form."),
    419: N_("The page was open for so long that its form had expired. Nothing was lost: press the button once more."),
    429: N_("Too many tries. Wait some minutes, then try again."),
}
FOREIGN_HOST = N_("There is nothing under this name. Open %(address)s instead.")
WITHOUT_PASSWORD = N_(
    "The page was open for so long that its form had expired. Press the button; passwords and codes are never kept, "
    "so you type those again on the next page."
)


def wants_json() -> bool:
    """Whether the caller is a background save or another program rather than a page."""
    return (
        request.is_json or request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )


def answer(status: int, reason: str, **extra: Any) -> Response:
    """An error page, or `{"error": …}`; both carry the request id."""
    request_id = g.get("request_id", "")
    if wants_json():
        response = jsonify(error=reason, request_id=request_id)
    else:
        known = status if status in (400, 403, 404, 409, 413, 419, 429) else 400
        page = render_template(f"errors/{known}.html", reason=reason, request_id=request_id, **extra)
        response = make_response(page)
    response.status_code = 400 if status == 419 else status
    return response


def on_refused(error: Refused) -> Response:
    """403, or 404 where existence is a secret, or 409 at the wrong moment."""
    because("hidden" if error.refusal.hidden else error.refusal.kind)
    return answer(status_of(error.refusal), gettext(error.refusal.reason), typed=sentences_posted())


def sentences_posted() -> Pairs:
    """Each field of the posted form in which somebody wrote something: a refusal must not lose it.

    Keys, numbers, dates and choices are the form's own: one run of plain letters, digits and joints.
    """
    own = without_secrets(request.form.items(multi=True))
    return [(name, text) for name, text in own if text.strip() and not OF_THE_FORM.fullmatch(text)]


def status_of(refusal: Refusal) -> int:
    """The status code that says this refusal."""
    return 404 if refusal.hidden else 409 if refusal.kind == "moment" else 403


def on_http(error: HTTPException) -> Response:
    """A page for each status, in our words; redirects go through untouched."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # werkzeug types its own response
    if error.code >= 500:
        return on_crash(error)
    typed = sentences_posted() if error.code == 404 else []  # what is hidden answers like what never was
    return answer(error.code, gettext(SENTENCES.get(error.code, SENTENCES[400])), typed=typed)


def on_token(_error: CSRFError) -> Response:
    """Give a filled form back with a fresh token, unless another site sent it; a password is typed anew."""
    because("form token")
    same_site = request.headers.get("Origin", own_origin()) == own_origin()
    is_form = request.mimetype in FORMS
    if not (same_site and is_form and request.form.keys() - {"csrf_token"}):
        return answer(419, gettext(SENTENCES[419]))
    kept = without_secrets(request.form.items(multi=True))
    is_whole = not any(is_secret(name) for name in request.form)
    reason = gettext(SENTENCES[419] if is_whole else WITHOUT_PASSWORD)
    return answer(419, reason, kept=kept, typed=kept, action=request.full_path.rstrip("?"))


def on_foreign_host(_error: ForeignHost) -> Response:
    """400, with the address that is ours."""
    because("foreign host")
    return answer(400, gettext(FOREIGN_HOST, address=current_app.config["SETTINGS"].base_url))


def on_moment(error: NotFromHere | ReasonMissing) -> Response:
    """An act from a state that has no such way out."""
    return answer(409, say(error.sentence), typed=sentences_posted())


def on_conflicted(error: Conflicted) -> Response:
    """The schema refused a row in a request without a form page."""
    return answer(409, gettext(error.sentence), typed=sentences_posted())


def on_crash(error: Exception) -> Response:
    """The last page: it touches neither session nor database. The log line has the request id."""
    log.error("crashed", kind=type(error).__name__, endpoint=request.endpoint or "", exc_info=error)
    typed = sentences_posted() if request.mimetype in FORMS else []
    body = jsonify(error="crashed", request_id=g.get("request_id", "")) if wants_json() else _failsafe(typed)
    body.status_code = 500
    return body


def _failsafe(typed: Pairs) -> Response:
    page = current_app.jinja_env.get_template("errors/500.html")  # no context processor: they ask for the viewer
    return Response(page.render(request_id=g.get("request_id", ""), typed=typed), mimetype="text/html")


def init_app(app: Flask) -> None:
    """One handler per kind."""
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(CSRFError, on_token)
    app.register_error_handler(ForeignHost, on_foreign_host)
    app.register_error_handler(NotFromHere, on_moment)
    app.register_error_handler(ReasonMissing, on_moment)
    app.register_error_handler(Conflicted, on_conflicted)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_crash)
