"""The register of conflicts, for a round's coordinators."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.conflicts import services
from panel_app.conflicts.forms import DecideForm
from panel_app.conflicts.policy import ConflictAct
from panel_app.conflicts.queries.register_page import PER_PAGE, decisions_of, finding_row, register_page
from panel_app.conflicts.rules import FindingAct, FindingState, acts_for
from panel_app.conflicts.views.blueprint import bp
from panel_app.conflicts.views.rows import finding_line, finding_page, state_tabs
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.web.paging import page_number, pager
from panel_app.foundation.words import N_
from panel_app.programmes.queries import known_round


@bp.get("/rounds/<key:round_key>/conflicts")
@allow(Who.COORDINATOR)
def register(round_key: str) -> str:
    """Every finding of a round, what needs a decision first; of one state where the address says so."""
    must(can(actor(), ConflictAct.READ_REGISTER, round_key))
    round_, state, number = known_round(round_key), _chosen_state(), page_number()
    rows, counts = register_page(round_.id, actor(), state, number)
    return render_template(
        "conflicts/register.html",
        round=round_,
        rows=[finding_line(row, round_key, round_.zone, actor().some_zone, clock.now()) for row in rows],
        tabs=state_tabs(counts, state, round_key),
        waiting=counts[FindingState.OPEN],
        page=pager(number, counts[state] if state else sum(counts.values()), PER_PAGE),
        is_filtered=state is not None,
    )


@bp.post("/rounds/<key:round_key>/conflicts/recheck")
@allow(Who.COORDINATOR, on=("POST",))
def recheck(round_key: str) -> Response:
    """Examine every pair of the round anew."""
    services.recheck(actor(), round_key)
    flash(gettext("Every panel member was compared with every portfolio anew."), "good")
    return redirect(url_for("conflicts.register", round_key=round_key), 303)


@bp.route("/rounds/<key:round_key>/conflicts/<key:finding_key>", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def finding(round_key: str, finding_key: str) -> Answer:
    """One finding: what was found, what was decided before, and the decision."""
    must(can(actor(), ConflictAct.READ_REGISTER, round_key))
    must(can(actor(), ConflictAct.READ_FINDING, finding_key))
    round_ = known_round(round_key)
    row = finding_row(round_.id, finding_key)
    if row is None:
        raise Refused(NOT_FOUND)
    form = DecideForm()
    form.offer(acts_for(row.state, row.strength))
    return form_page(
        form,
        "conflicts/finding.html",
        save=lambda: services.decide(actor(), finding_key, FindingAct(form.act.data), form.reason.data or ""),
        then=lambda _: url_for("conflicts.register", round_key=round_key, _anchor=f"finding-{finding_key}"),
        done=N_("Your decision is kept in the register with its reason."),
        round=round_,
        **vars(finding_page(row, decisions_of(finding_key), round_, actor().some_zone)),
    )


def _chosen_state() -> FindingState | None:
    """The state that the address asks for. Anything that is none answers 400: it is never ignored."""
    text = request.args.get("state")
    if text is None:
        return None
    if text not in set(FindingState):
        abort(400)
    return FindingState(text)
