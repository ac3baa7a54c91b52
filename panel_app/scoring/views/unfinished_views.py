"""Sheets that were begun and never submitted: their writer reads them, a coordinator sees how far each one got."""

from flask import render_template, url_for

from panel_app import clock
from panel_app.assignment.queries.people import member_name, member_names
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.assignment.rules import ENDED_STATES
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow, can, must
from panel_app.foundation.web.pages import Answer
from panel_app.foundation.web.paging import only, page_number, pager
from panel_app.programmes.policy import RoundAct
from panel_app.programmes.queries import known_round
from panel_app.scoring.forms import ReadUnsentForm
from panel_app.scoring.policy import OVER, SheetAct
from panel_app.scoring.queries import unfinished as queries
from panel_app.scoring.services.unsent import read_unsent
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.sheet_views import own_facts, own_sheet
from panel_app.scoring.views.unfinished_shapes import left_sheet, unfinished_line


@bp.get("/reviews/ended")
@allow(Who.PANEL_MEMBER)
def ended_reviews() -> str:
    """The member's own reviews that ended with something written and not submitted."""
    only("page")
    member_id, number = actor().member_id or 0, page_number()
    total = queries.count_own_ended(member_id)
    return render_template(
        "scoring/ended.html",
        rows=[unfinished_line(row, actor().zone) for row in queries.own_ended(member_id, number)],
        pager_of_list=pager(number, total, queries.PAGE),
    )


@bp.get("/reviews/<key:assignment_key>/left")
@allow(Who.PANEL_MEMBER)
def left(assignment_key: str) -> str:
    """What its writer left on a sheet that is shut; nothing of the evidence."""
    own_facts(assignment_key)
    must(can(actor(), SheetAct.READ_ENDED, assignment_key))
    return render_template(
        "scoring/left.html", page=left_sheet(own_sheet(assignment_key), actor().zone), back=url_for("scoring.reviews")
    )


@bp.get("/rounds/<key:round_key>/unfinished-sheets")
@allow(Who.COORDINATOR)
def unfinished_sheets(round_key: str) -> str:
    """Late and unfinished sheets of a round: whose, how far, when saved last; no level and no word."""
    only("page")
    must(can(actor(), RoundAct.COORDINATE, round_key))
    round_, number, viewer = known_round(round_key), page_number(), actor()
    total = queries.count_late(viewer, round_.id, clock.now())
    rows = queries.late_sheets(viewer, round_.id, clock.now(), number)
    return render_template(
        "scoring/unfinished.html",
        round=round_,
        rows=[unfinished_line(row, viewer.zone) for row in rows],
        assessors=member_names([row.member_id for row in rows]),
        readable={row.key for row in rows if row.status in OVER and row.state in ENDED_STATES},
        pager_of_list=pager(number, total, queries.PAGE),
    )


@bp.route("/rounds/<key:round_key>/unfinished-sheets/<key:assignment_key>", methods=["GET", "POST"])
@allow(Who.COORDINATOR, on=("GET", "POST"))
def unsent_sheet(round_key: str, assignment_key: str) -> Answer:
    """What was never submitted, for a coordinator with a reason; each reading stands in the history."""
    found = _of_round(round_key, assignment_key)
    form, name = ReadUnsentForm(), member_name(found.member_id)
    back = url_for("scoring.unfinished_sheets", round_key=round_key)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("scoring/unsent.html", form=form, found=found, name=name, back=back), status
    whole = read_unsent(actor(), assignment_key, form.reason.data or "")
    return render_template("scoring/unsent_read.html", page=left_sheet(whole, actor().zone), name=name, back=back)


def _of_round(round_key: str, assignment_key: str) -> AssignmentFacts:
    must(can(actor(), SheetAct.READ_UNSENT, assignment_key))
    found = assignment_facts(assignment_key)
    if found is None or found.round_key != round_key:
        raise Refused(NOT_FOUND)
    return found
