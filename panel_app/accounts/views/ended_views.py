"""When a sign-in has ended: where a guest is sent, and how what was posted comes back to its person."""

from urllib.parse import urlsplit

from flask import Flask, Response, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from panel_app.accounts.services.kept_posts import TooLarge, keep_post, kept_post, throw_away
from panel_app.accounts.views.blueprint import KEPT, TODAY, bp, this_token
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.throttle import TooMany
from panel_app.foundation.web.errors import SENTENCES, answer, wants_json
from panel_app.foundation.web.guard import SignInNeeded, own_origin
from panel_app.foundation.web.links import own_path
from panel_app.foundation.web.refusals import because


@bp.get("/kept/<key:kept_key>")
@allow(Who.SIGNED_IN)
def kept(kept_key: str) -> str:
    """What was typed when the sign-in had ended, ready to be sent now."""
    return render_template("accounts/kept.html", kept=kept_post(actor(), kept_key))


@bp.post("/kept/<key:kept_key>/throw-away")
@allow(Who.SIGNED_IN, on=("POST",))
def throw_kept_away(kept_key: str) -> AnyResponse:
    """Delete what was kept."""
    throw_away(actor(), kept_key)
    flash(gettext("What you had typed is deleted."), "note")
    return redirect(TODAY, 303)


def on_sign_in_needed(_error: SignInNeeded) -> AnyResponse:
    """Ask a guest to sign in."""
    return ask_again("accounts.sign_in")


def ask_again(endpoint: str) -> AnyResponse:
    """Ask who calls: 401 for a script, else a page, with the way back; what was posted is kept for its person."""
    if wants_json():
        return answer(401, gettext(SENTENCES[401]))
    if request.method in ("GET", "HEAD"):
        return _to(endpoint, own_path(request.full_path.rstrip("?")))
    try:
        key = keep_post(this_token(), request.full_path.rstrip("?"), list(request.form.items(multi=True)))
    except TooLarge:
        return answer(
            413,
            gettext(
                "Before this is sent you must sign in or show who you are, and it is too long to be kept. "
                "Open another tab, do it there, then send this again."
            ),
        )
    if key is not None:
        session[KEPT] = key
    return _to(endpoint, _page_of_form() if key is None and actor().signed_in else None)


def _page_of_form() -> str | None:
    """The page of ours that a form without words was sent from: there its button is pressed once more."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if f"{sent_from.scheme}://{sent_from.netloc}" != own_origin():
        return None
    return own_path(sent_from.path + (f"?{sent_from.query}" if sent_from.query else ""))


def _to(endpoint: str, target: str | None) -> AnyResponse:
    there = url_for(endpoint, next=None if target in (None, "/") else target)
    if request.headers.get("HX-Request") == "true":
        return Response(status=401, headers={"HX-Redirect": there})
    return redirect(there, 303)


def on_too_many(error: TooMany) -> Response:
    """429 with how long to wait."""
    because("limit")
    minutes = -(-error.wait // 60)
    words = ngettext(
        "Too many tries. Wait a minute, then try again. Nothing was changed.",
        "Too many tries. Wait %(num)s minutes, then try again. Nothing was changed.",
        minutes,
    )
    response = answer(429, words)
    response.headers["Retry-After"] = str(error.wait)
    return response


def register(app: Flask) -> None:
    """One handler each."""
    app.register_error_handler(SignInNeeded, on_sign_in_needed)
    app.register_error_handler(TooMany, on_too_many)
