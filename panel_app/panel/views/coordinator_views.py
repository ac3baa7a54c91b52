"""A coordinator's pages of a round's panel."""

from flask import render_template, request, url_for

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import SAVED, Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_
from panel_app.panel import services
from panel_app.panel.forms import InviteForm, LeadSeatForm
from panel_app.panel.policy import PanelAct
from panel_app.panel.queries import PER_PAGE, domain_choices, panel_page, panel_row
from panel_app.panel.views.blueprint import bp
from panel_app.panel.views.rows import panel_lines, seat_values
from panel_app.programmes.queries import known_round


@bp.get("/rounds/<key:round_key>/panel")
@allow(Who.COORDINATOR)
def listing(round_key: str) -> str:
    """The members of a round's panel; found by name, other name or address, a page at a time."""
    must(can(actor(), PanelAct.LIST, round_key))
    round_, search, number = known_round(round_key), request.args.get("q", "")[:200], page_number()
    rows, total = panel_page(round_.id, actor(), search, number)
    return render_template(
        "panel/listing.html",
        round=round_,
        rows=panel_lines(rows, round_key),
        page=pager(number, total, PER_PAGE),
        total=total,
        search=search,
    )


@bp.route("/rounds/<key:round_key>/panel/invite", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def invite(round_key: str) -> Answer:
    """Give the person of an address a place on the panel."""
    must(can(actor(), PanelAct.INVITE, round_key))
    form = InviteForm(data={"capacity": "4"})
    form.domains.choices = domain_choices()
    return form_page(
        form,
        "panel/invite.html",
        save=lambda: services.invite_member(actor(), round_key, **form.given()),
        then=lambda _: url_for("panel.listing", round_key=round_key),
        done=N_("The member is on the panel, and a mail is on its way."),
        round=known_round(round_key),
    )


@bp.route("/rounds/<key:round_key>/panel/<key:seat_key>", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def seat(round_key: str, seat_key: str) -> Answer:
    """One member's place: capacity, days away, lead."""
    must(can(actor(), PanelAct.LIST, round_key))
    must(can(actor(), PanelAct.CHANGE_SEAT, seat_key))
    round_ = known_round(round_key)
    row = panel_row(round_.id, actor(), seat_key)
    if row is None:
        raise Refused(NOT_FOUND)
    form = LeadSeatForm(data={**seat_values(row), "is_lead": row.is_lead})
    return form_page(
        form,
        "panel/seat.html",
        save=lambda: services.change_place(actor(), seat_key, is_lead=form.is_lead.data, **form.given()),
        then=lambda _: url_for("panel.listing", round_key=round_key),
        done=SAVED,
        round=round_,
        member=panel_lines([row], round_key)[0],
    )
