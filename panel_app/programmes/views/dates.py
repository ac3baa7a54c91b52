"""The page on which published dates move."""

from flask import url_for

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_
from panel_app.programmes import services
from panel_app.programmes.forms import MoveDatesForm
from panel_app.programmes.policy import RoundAct
from panel_app.programmes.views import rows
from panel_app.programmes.views.blueprint import bp
from panel_app.programmes.views.rounds import the_round


@bp.route("/rounds/<key:round_key>/dates", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def dates(round_key: str) -> Answer:
    """Move dates, with a reason."""
    found = the_round(round_key, RoundAct.MOVE_DATES)
    form = MoveDatesForm(zone=found.zone, data={which.value: each.wall for which, each in found.dates.items()})
    return form_page(
        form,
        "programmes/dates.html",
        save=lambda: services.move_dates(actor(), round_key, form.walls(), form.reason.data or ""),
        then=lambda _moved: url_for("programmes.show", round_key=round_key),
        done=N_("The dates have moved. Everybody whom it concerns gets a message."),
        round=rows.round_row(found, actor()),
        zone=found.zone,
        passed=[which.value for which, each in found.dates.items() if each.at <= clock.now()],
    )
