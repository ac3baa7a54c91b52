"""A person's own account: particulars, password, sign-ins."""

from dataclasses import dataclass

from flask import flash, has_request_context, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.accounts import page_queries, services
from panel_app.accounts.forms import ChangePasswordForm, ProfileForm
from panel_app.accounts.services.passwords import own_words_of, refusal_of
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.accounts.views.blueprint import bp, this_token
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.pages import SAVED, Answer, form_page
from panel_app.foundation.words import N_


@dataclass(frozen=True)
class MenuRow:
    """A line of the menu beneath one's name."""

    href: str
    text: str


def links() -> dict[str, list[MenuRow]]:
    """The lines of the menu beneath one's name, for every page; nothing where a mail is written."""
    if not has_request_context():
        return {}
    rows = (("accounts.profile", gettext("Your account")), ("accounts.sign_ins", gettext("Where you are signed in")))
    return {"account_links": [MenuRow(url_for(endpoint), text) for endpoint, text in rows]}


def _me() -> int:
    person_id = actor().person_id
    assert person_id is not None
    return person_id


@bp.route("/account", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def profile() -> Answer:
    """Name, form of address, time zone and language."""
    known = page_queries.profile_of(_me())
    form = ProfileForm(obj=known)
    return form_page(
        form,
        "accounts/profile.html",
        save=lambda: services.change_profile(actor(), **form.values()),
        then=lambda _: url_for("accounts.profile"),
        done=SAVED,
        address=known.address,
    )


@bp.route("/account/password", methods=["GET", "POST"])
@allow(Who.SIGNED_IN, on=("GET", "POST"))
def password() -> Answer:
    """Change the password; every other sign-in ends."""
    words = own_words_of(_me())
    form = ChangePasswordForm(refusal=lambda text: refusal_of(text, *words))
    return form_page(
        form,
        "accounts/password.html",
        save=lambda: services.change_password(actor(), **form.values(), token=this_token()),
        then=lambda _: url_for("accounts.profile"),
        done=N_("Your password is changed. Your other sign-ins have ended."),
    )


@bp.get("/account/sign-ins")
@allow(Who.SIGNED_IN)
def sign_ins() -> str:
    """Where one is signed in."""
    me = actor()
    rows = page_queries.sign_ins_of(_me(), token_hash(this_token()), me.zone or "UTC", clock.now())
    return render_template("accounts/sign_ins.html", rows=rows)


@bp.post("/account/sign-ins/<key:sign_in_key>/end")
@allow(Who.SIGNED_IN, on=("POST",))
def end_sign_in(sign_in_key: str) -> Response:
    """End one of one's own sign-ins."""
    services.end_sign_in_by_key(actor(), sign_in_key)
    flash(gettext("The sign-in has ended."), "good")
    return redirect(url_for("accounts.sign_ins"), 303)
