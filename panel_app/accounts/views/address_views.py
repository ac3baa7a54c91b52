"""Another address: asked for on one's own page, made and stopped by links in mails, which only show; a button acts."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.accounts import page_queries
from panel_app.accounts.forms import EmailForm
from panel_app.accounts.services import addresses
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.accounts.views.blueprint import bp, this_token
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.confirming import confirmed
from panel_app.foundation.web.forms import StageForm
from panel_app.foundation.web.guard import client_address
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_


@bp.route("/account/address", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
@confirmed()
def ask_for_address() -> Answer:
    """Ask for another address."""
    me = actor()
    assert me.person_id is not None
    person_id, form = me.person_id, EmailForm()
    return form_page(
        form,
        "accounts/address.html",
        save=lambda: addresses.ask_for_address(me, form.email.data or "", client_address()),
        then=lambda _: url_for("accounts.ask_for_address"),
        done=N_("A mail is on its way to the new address. Nothing changes before you open its link."),
        showing=lambda: {"page": page_queries.address_page(person_id, me.some_zone, clock.now())},
    )


@bp.post("/account/address/give-up")
@allow(Who.SIGNED_IN, on=("POST",))
def give_up_address() -> Response:
    """Take back one's wish for another address."""
    addresses.give_up_change(actor())
    flash(gettext("Your address stays as it is; the links have ended."), "note")
    return redirect(url_for("accounts.ask_for_address"), 303)


@bp.route("/new-address/<key:token>", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def new_address(token: str) -> Answer:
    """Make the new address one's own, by the link that went to it."""
    found = page_queries.change_to_make(token_hash(token), actor().person_id, clock.now())
    if found is None:
        return render_template("accounts/link_ended.html", again=url_for("accounts.ask_for_address")), 410
    form = StageForm()
    return form_page(
        form,
        "accounts/new_address.html",
        save=lambda: addresses.change_address(actor(), token, this_token()),
        then=lambda _: url_for("accounts.profile"),
        done=N_("Your address is changed. Your other sign-ins have ended."),
        change=found,
    )


@bp.route("/keep-address/<key:token>", methods=["GET", "POST"])
@allow(Who.ANYONE, on=("GET", "POST"))
def keep_address(token: str) -> Answer:
    """Stop a change of address, by the link that went to the old one."""
    found = page_queries.change_to_stop(token_hash(token), clock.now())
    if found is None:
        return render_template("accounts/link_ended.html", again=url_for("accounts.forgotten")), 410
    form = StageForm()
    return form_page(
        form,
        "accounts/keep_address.html",
        save=lambda: addresses.stop_change(token),
        then=lambda _: url_for("accounts.mail_sent"),
        done=N_("The address is as it was, and every sign-in has ended."),
        change=found,
    )
