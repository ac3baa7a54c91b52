"""The code of a second factor: asked for after the password, of those whose role needs it."""

import segno
from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from panel_app.accounts.forms import CodeForm
from panel_app.accounts.queries import has_given_code, has_second_factor
from panel_app.accounts.services.second_factor import begin_set_up, give_code, is_needed, set_up_address
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.accounts.views.blueprint import bp, enter, this_token
from panel_app.accounts.views.ended_views import ask_again
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_

OPEN = frozenset({"accounts.second_factor", "accounts.begin_second_factor", "accounts.sign_out", "static"})


@bp.route("/second-factor", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def second_factor() -> Answer:
    """Give the code that one's device shows; at first, beside what to scan."""
    me, form = actor(), CodeForm()
    to_set_up = set_up_address(me)
    return form_page(
        form,
        "accounts/second_factor.html",
        save=lambda: give_code(me, form.one_time_code.data or "", token=this_token(), agent=request.user_agent.string),
        then=lambda token: enter(_id_of(me), token),
        done=N_("Your device is set up.") if to_set_up else "",
        picture=_picture(to_set_up[0]) if to_set_up else None,
        secret=to_set_up[1] if to_set_up else None,
        is_set_up=has_second_factor(_id_of(me)),
    )


@bp.post("/second-factor/begin")
@allow(Who.SIGNED_IN, on=("POST",))
def begin_second_factor() -> Response:
    """Draw the secret that the device scans."""
    begin_set_up(actor())
    return redirect(url_for("accounts.second_factor", next=request.args.get("next")), 303)


def ask_for_code() -> Response | None:
    """Let nobody further who must give a code and has not: their role counts from then on."""
    me = g.get("actor")
    if me is None or not me.signed_in or request.endpoint in OPEN or not is_needed(me):
        return None
    return None if has_given_code(token_hash(this_token())) else ask_again("accounts.second_factor")


def register(app: Flask) -> None:
    """Ask before each request, once it is known who calls."""
    app.before_request(ask_for_code)


def _picture(address: str) -> str:
    """The code to scan as an image's address: an SVG drawn here, sent to nobody."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


def _id_of(me: Actor) -> int:
    assert me.person_id is not None
    return me.person_id
