"""My reviews: what a panel member is asked, what is on their desk, what they submitted."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.assignment.rules import ASSIGNMENT, AssignmentState
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.web.paging import only, page_number, pager
from panel_app.scoring.queries import reviews as queries
from panel_app.scoring.queries.pace import Pace, paces
from panel_app.scoring.queries.reviews import PAGE, ReviewRow
from panel_app.scoring.queries.unfinished import count_own_ended
from panel_app.scoring.views.blueprint import bp
from panel_app.scoring.views.shapes import field_titles
from panel_app.scoring.views.shelving import account_sign

S = AssignmentState
GROUPS = ("answer", "score", "hold", "submitted")
"""The lists of the page, in order."""


@dataclass(frozen=True)
class ReviewLine:
    """A line of the list. `tone` and `label`: where it stands; `group`: the heading it stands under."""

    group: str
    reference: str
    part: str
    href: str
    action: str
    label: str
    tone: str
    due: Shown | None
    progress: str
    size: str
    left: str
    takes: str
    own_pace: str


@bp.get("/reviews")
@allow(Who.PANEL_MEMBER)
def reviews() -> str:
    """The member's own list, by what it asks of them. An unknown parameter is refused: nothing here can be sorted."""
    only("page")
    viewer = actor()
    member_id = viewer.member_id or 0
    number = page_number()
    total = queries.count_reviews(member_id)
    rows = queries.reviews(member_id, number)
    usual = paces(member_id, {row.part_id for row in rows})
    lines = [_line(row, viewer, usual[row.part_id]) for row in rows]
    groups = {group: [line for line in lines if line.group == group] for group in GROUPS}
    pages = pager(number, total, PAGE) if total > PAGE or number > 1 else None
    following = queries.next_review(member_id)
    return render_template(
        "scoring/reviews.html",
        groups=groups,
        total=total,
        titles=field_titles(),
        account=account_sign(),
        ended=count_own_ended(member_id),
        pager_of_list=pages,
        next_href=url_for("scoring.sheet", assignment_key=following) if following else "",
    )


@bp.get("/reviews/next")
@allow(Who.PANEL_MEMBER)
def next_review() -> Response:
    """The sheet that is next on the member's desk, or the list where none is. `after`: the one they come from."""
    only("after")
    key = queries.next_review(actor().member_id or 0, request.args.get("after", ""))
    return redirect(url_for("scoring.sheet", assignment_key=key) if key else url_for("scoring.reviews"), 303)


def _line(row: ReviewRow, viewer: Actor, pace: Pace) -> ReviewLine:
    group = {S.OFFERED: "answer", S.SUBMITTED: "submitted", S.SUSPENDED: "hold"}.get(row.state, "score")
    is_late = group in ("answer", "score") and row.due_at < clock.now()
    date = row.submitted_at if group == "submitted" else row.due_at
    endpoint = "assignment.offer" if row.state is S.OFFERED else "scoring.sheet"
    return ReviewLine(
        group=group,
        reference=row.reference,
        part=row.part,
        href=url_for(endpoint, assignment_key=row.key),
        action=_action(row.state),
        label=gettext("Overdue") if is_late else gettext(ASSIGNMENT.title(row.state)),
        tone="bad" if is_late else ASSIGNMENT.tone(row.state).value,
        due=shown(date, row.zone, viewer.zone, clock.now()) if date and group != "hold" else None,
        progress=gettext("%(scored)s of %(criteria)s", scored=row.scored, criteria=row.criteria),
        size=_size(row),
        left=_left(row) if group == "score" else "",
        takes=gettext("%(minutes)s min", minutes=pace.panel) if pace.panel and group != "submitted" else "",
        own_pace=gettext("you: %(minutes)s min", minutes=pace.own) if pace.own and group != "submitted" else "",
    )


def _size(row: ReviewRow) -> str:
    files = ngettext("%(num)s file", "%(num)s files", row.files)
    pages = ngettext("%(num)s page", "%(num)s pages", row.pages)
    return f"{files}, {pages}" if row.files else str(gettext("no files"))


def _left(row: ReviewRow) -> str:
    left = row.criteria - row.scored
    return str(ngettext("%(num)s is left", "%(num)s are left", left)) if left else str(gettext("only to submit"))


def _action(state: AssignmentState) -> str:
    words = {
        S.OFFERED: gettext("Answer"),
        S.ACCEPTED: gettext("Start"),
        S.SUBMITTED: gettext("Read"),
        S.SUSPENDED: gettext("See why"),
    }
    return str(words.get(state, gettext("Go on")))
