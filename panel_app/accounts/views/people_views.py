"""People and their roles, for admins."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.accounts import page_queries, services
from panel_app.accounts.forms import GrantForm, InviteForm, ReasonForm
from panel_app.accounts.policy import PeopleAct, facts
from panel_app.accounts.rules import PERSON, PersonAct
from panel_app.accounts.services.roles import grant_by_key, withdraw_by_key
from panel_app.accounts.views.blueprint import bp
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.confirming import confirmed
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_


@bp.get("/people")
@allow(Who.ADMIN)
def people() -> str:
    """Everybody with an account, by name; searched in the database, a page at a time."""
    search, number = request.args.get("q", "")[:200], page_number()
    rows, total = page_queries.people(search, number)
    pages = pager(number, total, page_queries.PEOPLE_PER_PAGE)
    return render_template("accounts/people.html", rows=rows, page=pages, search=search, total=total)


@bp.route("/people/invite", methods=["GET", "POST"])
@allow(Who.ADMIN, on=("GET", "POST"))
def invite() -> Answer:
    """Invite a person by their address."""
    form = InviteForm()
    return form_page(
        form,
        "accounts/invite.html",
        save=lambda: services.invite_person(actor(), **form.values()),
        then=lambda invitation: url_for("accounts.person", person_key=invitation.key),
        done=N_("The person is listed, and invited unless they have an account already."),
    )


@bp.route("/people/<key:person_key>", methods=["GET", "POST"])
@allow(Who.ADMIN, on=("GET", "POST"))
@confirmed()
def person(person_key: str) -> Answer:
    """One person: where the account stands, roles, and a form to grant one."""
    must(can(actor(), PeopleAct.READ, person_key))
    form = GrantForm()
    form.role.choices = {**page_queries.role_choices(), "": gettext("choose a role")}
    form.round_key.choices = {"": gettext("none (admins only)"), **page_queries.round_choices()}
    shown = page_queries.person_page(person_key, actor().some_zone, clock.now())
    return form_page(
        form,
        "accounts/person.html",
        save=lambda: grant_by_key(actor(), person_key, **form.values()),
        then=lambda _: url_for("accounts.person", person_key=person_key),
        done=N_("The role is granted."),
        person=shown,
        acts=_acts_on(person_key),
    )


@bp.route("/people/<key:person_key>/withdraw", methods=["GET", "POST"])
@allow(Who.ADMIN, on=("GET", "POST"))
@confirmed()
def withdraw(person_key: str) -> Answer:
    """Take a role away, with a reason."""
    must(can(actor(), PeopleAct.WITHDRAW, person_key))
    form = ReasonForm()
    role, round_key = request.args.get("role", ""), request.args.get("round", "")
    found = page_queries.person_page(person_key, actor().some_zone, clock.now())
    row = next((r for r in found.roles if (r.role, r.round_key) == (role, round_key)), None) if found else None
    if row is None:
        raise Refused(NOT_FOUND)
    return form_page(
        form,
        "accounts/withdraw.html",
        save=lambda: withdraw_by_key(actor(), person_key, role, round_key, **form.values()),
        then=lambda _: url_for("accounts.person", person_key=person_key),
        done=N_("The role is withdrawn. It gives no right from now on."),
        person=found,
        row=row,
    )


@bp.post("/people/<key:person_key>/invite-again")
@allow(Who.ADMIN, on=("POST",))
def invite_again(person_key: str) -> Response:
    """Send an invited person a new link; the older one ends."""
    services.invite_again(actor(), person_key)
    flash(gettext("A new invitation is on its way; the older link has ended."), "good")
    return redirect(url_for("accounts.person", person_key=person_key), 303)


@bp.route("/people/<key:person_key>/<any(deactivate, reactivate, erase):act>", methods=["GET", "POST"])
@allow(Who.ADMIN, on=("GET", "POST"))
@confirmed()
def change_state(person_key: str, act: str) -> Answer:
    """Close an account, open it again, or erase it, with a reason."""
    service, right = _STATE_ACTS[PersonAct(act)]
    must(can(actor(), right, person_key))
    form = ReasonForm()
    return form_page(
        form,
        "accounts/change_state.html",
        save=lambda: service(actor(), person_key, **form.values()),
        then=lambda _: url_for("accounts.person", person_key=person_key),
        done=PERSON.acts[PersonAct(act)].done,
        person=page_queries.person_page(person_key, actor().some_zone, clock.now()),
        act=act,
        title=PERSON.acts[PersonAct(act)].title,
    )


_STATE_ACTS = {
    PersonAct.DEACTIVATE: (services.deactivate_person, PeopleAct.DEACTIVATE),
    PersonAct.REACTIVATE: (services.reactivate_person, PeopleAct.REACTIVATE),
    PersonAct.ERASE: (services.erase_person, PeopleAct.ERASE),
}


def _acts_on(person_key: str) -> list[tuple[str, str]]:
    """The acts that are possible on this account now: code and title."""
    found = facts(person_key)
    return (
        []
        if found is None
        else [
            (act.value, PERSON.acts[act].title)
            for act in PERSON.acts_from(found.state)
            if act in _STATE_ACTS and can(actor(), _STATE_ACTS[act][1], person_key)
        ]
    )
