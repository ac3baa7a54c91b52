"""The second question: asked before the acts that a view declares as `confirmed`; what was posted waits meanwhile."""

from flask import Flask, current_app, flash, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app.accounts.forms import ConfirmForm, ConfirmWithCodeForm
from panel_app.accounts.queries import has_second_factor
from panel_app.accounts.services.confirming import confirm_sign_in, is_confirmed
from panel_app.accounts.services.kept_posts import is_kept_for
from panel_app.accounts.views.blueprint import COOKIE_TOKEN, KEPT, TODAY, bp, this_token
from panel_app.accounts.views.ended_views import ask_again
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.confirming import asks_again
from panel_app.foundation.web.links import own_path
from panel_app.foundation.web.pages import Answer, form_page


@bp.route("/confirm", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def confirm() -> Answer:
    """Show once more who one is; then on with what was to be done."""
    me = actor()
    assert me.person_id is not None
    has_device = has_second_factor(me.person_id)
    form = ConfirmWithCodeForm() if has_device else ConfirmForm()
    code = form.one_time_code.data or "" if isinstance(form, ConfirmWithCodeForm) else ""
    return form_page(
        form,
        "accounts/confirm.html",
        save=lambda: confirm_sign_in(me, form.present.data or "", code, this_token()),
        then=lambda token: _go_on(me, token),
        back=own_path(request.args.get("next")) or TODAY,
        minutes=current_app.config["SETTINGS"].confirm_minutes,
    )


def _go_on(me: Actor, token: str) -> str:
    """Where to go: to what was kept, or back to the page. The session stays, and with it what other pages hold."""
    assert me.person_id is not None
    session[COOKIE_TOKEN] = token
    kept = session.pop(KEPT, None)
    if isinstance(kept, str) and is_kept_for(me.person_id, kept):
        return url_for("accounts.kept", kept_key=kept)
    flash(gettext("Thank you. Nothing is done yet: press the button once more."), "note")
    return own_path(request.args.get("next")) or TODAY


def ask_before_weighty_acts() -> Response | None:
    """Ask when the view declares it for this method, unless the question was answered a short while ago."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.method not in asks_again(view) or is_confirmed(this_token()):
        return None
    return ask_again("accounts.confirm")


def register(app: Flask) -> None:
    """Ask before each request, after the code of the sign-in."""
    app.before_request(ask_before_weighty_acts)
