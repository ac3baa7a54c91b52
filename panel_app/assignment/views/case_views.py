"""What a coordinator does with one assignment: with a reason, on a page of its own."""

from collections.abc import Callable

from flask import url_for

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.forms import ExtendForm, ReasonForm
from panel_app.assignment.policy import PlaceAct
from panel_app.assignment.queries.again_notes import again_notes
from panel_app.assignment.queries.people import member_name
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.assignment.rules import ASSIGNMENT, AssignmentAct
from panel_app.assignment.views.blueprint import bp
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.times import shown
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_

_SERVICES: dict[AssignmentAct, Callable[[Actor, str, str], None]] = {
    AssignmentAct.RECALL: services.recall,
    AssignmentAct.REPLACE: services.replace,
    AssignmentAct.REOPEN: services.reopen,
    AssignmentAct.RESUME: services.resume,
    AssignmentAct.RESTORE: services.restore,
}


@bp.route(
    "/rounds/<key:round_key>/assignments/<key:assignment_key>/<any(recall, replace, reopen, resume, restore):act>",
    methods=["GET", "POST"],
)
@allow(Who.COORDINATOR, on=("GET", "POST"))
def look_after(round_key: str, assignment_key: str, act: str) -> Answer:
    """Take back, replace, reopen, let go on or let stand, with a reason."""
    found, doing = _own(round_key, assignment_key), AssignmentAct(act)
    form = ReasonForm()
    return form_page(
        form,
        "assignment/look_after.html",
        save=lambda: _SERVICES[doing](actor(), assignment_key, form.reason.data or ""),
        then=lambda _: _case(found),
        done=ASSIGNMENT.acts[doing].done,
        found=found,
        name=member_name(found.member_id),
        title=ASSIGNMENT.acts[doing].title,
        tone=ASSIGNMENT.acts[doing].tone.value,
        act=act,
        notes=again_notes(found, found.id) if doing is AssignmentAct.REOPEN else [],
        back=_case(found),
    )


@bp.route("/rounds/<key:round_key>/assignments/<key:assignment_key>/extend", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def extend_due(round_key: str, assignment_key: str) -> Answer:
    """Give one assessor a later due date, with a reason."""
    found = _own(round_key, assignment_key)
    form = ExtendForm(zone=found.zone)
    return form_page(
        form,
        "assignment/extend.html",
        save=lambda: services.extend_due(actor(), assignment_key, form.due.data or "", form.reason.data or ""),
        then=lambda _: _case(found),
        done=N_("The later due date holds, and a message to the member is on its way."),
        found=found,
        name=member_name(found.member_id),
        due=shown(found.due_at, found.zone, actor().zone, clock.now()),
        back=_case(found),
    )


def _case(found: AssignmentFacts) -> str:
    return url_for("portfolios.case", round_key=found.round_key, portfolio_key=found.portfolio_key)


def _own(round_key: str, key: str) -> AssignmentFacts:
    must(can(actor(), PlaceAct.LOOK_AFTER, key))
    found = assignment_facts(key)
    if found is None or found.round_key != round_key:
        raise Refused(NOT_FOUND)
    return found
