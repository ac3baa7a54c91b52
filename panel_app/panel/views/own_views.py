"""A member's own pages: interests first, then places and particulars. Nothing here knows a candidate."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.saying import listed
from panel_app.foundation.web.pages import SAVED, Answer, form_page
from panel_app.foundation.words import N_
from panel_app.panel import services
from panel_app.panel.forms import DeclareForm, ProfileForm, SeatForm
from panel_app.panel.policy import PanelAct
from panel_app.panel.queries import OwnPage, OwnSeat, domain_choices, own_page
from panel_app.panel.queries.waiting import unchecked_of
from panel_app.panel.rules import DECLARATION, DeclarationAct
from panel_app.panel.views.blueprint import bp
from panel_app.panel.views.rows import declaration_lines, own_lines, seat_lines, seat_values


@bp.get("/panel/me")
@allow(Who.PANEL_MEMBER)
def profile() -> str:
    """Interests, places on panels, and what the member says of themself."""
    page = _own()
    return render_template(
        "panel/profile.html",
        asked_again=listed([each.round_code for each in unchecked_of(actor().member_id or 0)]),
        own=own_lines(page, dict(domain_choices()), actor().some_zone, clock.now()),
        declarations=declaration_lines(page, actor().some_zone, clock.now()),
        seats=seat_lines(page, actor().some_zone, clock.now()),
    )


@bp.post("/panel/me/checked")
@allow(Who.PANEL_MEMBER, on=("POST",))
def checked() -> Response:
    """There is nothing more to declare."""
    services.check_interests(actor(), _own().key)
    flash(gettext("Thank you. Your word is kept with today's date; declare here whenever something changes."), "good")
    return redirect(url_for("panel.profile"), 303)


@bp.route("/panel/me/declare", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def declare() -> Answer:
    """Declare an interest."""
    form, key = DeclareForm(), _own().key
    return form_page(
        form,
        "panel/declare.html",
        save=lambda: services.declare(actor(), key, form.interest()),
        then=lambda _: url_for("panel.profile"),
        done=N_("Your interest is declared. From now on it is taken into account."),
    )


@bp.post("/panel/me/declarations/<key:declaration_key>/withdraw")
@allow(Who.PANEL_MEMBER, on=("POST",))
def withdraw(declaration_key: str) -> Response:
    """Withdraw a declaration; it stays in the list."""
    services.withdraw_declaration(actor(), declaration_key)
    flash(gettext(DECLARATION.acts[DeclarationAct.WITHDRAW].done), "good")
    return redirect(url_for("panel.profile"), 303)


@bp.route("/panel/me/particulars", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def particulars() -> Answer:
    """Credential, organisations, other names and domains."""
    page = _own()
    form = ProfileForm(obj=page)
    form.domains.choices = domain_choices()
    return form_page(
        form,
        "panel/particulars.html",
        save=lambda: services.change_member(actor(), page.key, form.profile()),
        then=lambda _: url_for("panel.profile"),
        done=SAVED,
    )


@bp.route("/panel/me/rounds/<key:seat_key>", methods=["GET", "POST"])
@allow(Who.PANEL_MEMBER, on=("GET", "POST"))
def own_seat(seat_key: str) -> Answer:
    """Capacity and days away in one round."""
    must(can(actor(), PanelAct.CHANGE_SEAT, seat_key))
    seat = _own_seat(seat_key)
    form = SeatForm(data=seat_values(seat))
    return form_page(
        form,
        "panel/own_seat.html",
        save=lambda: services.change_seat(actor(), seat_key, **form.given()),
        then=lambda _: url_for("panel.profile"),
        done=SAVED,
        seat=seat,
    )


def _own() -> OwnPage:
    member_id = actor().member_id
    if member_id is None:
        raise Refused(NOT_FOUND)
    return own_page(member_id)


def _own_seat(key: str) -> OwnSeat:
    """The member's own place: a coordinator's right to somebody else's has a page of its own."""
    seat = next((each for each in _own().seats if each.key == key), None)
    if seat is None:
        raise Refused(NOT_FOUND)
    return seat
