"""My reviews: what a panel member is asked, what is on their desk, what they submitted."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask_babel import gettext

from panel_app import clock
from panel_app.assignment.rules import ASSIGNMENT, AssignmentState
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.web.paging import page_number, pager
from panel_app.scoring.queries import reviews as queries
from panel_app.scoring.queries.reviews import PAGE, ReviewRow
from panel_app.scoring.views.blueprint import bp

S = AssignmentState


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


@bp.get("/reviews")
@allow(Who.PANEL_MEMBER)
def reviews() -> str:
    """The member's own list, by what it asks of them. An unknown parameter is refused: nothing here can be sorted."""
    if set(request.args) - {"page"}:
        abort(400)
    viewer = actor()
    member_id = viewer.member_id or 0
    number = page_number()
    total = queries.count_reviews(member_id)
    lines = [_line(row, viewer) for row in queries.reviews(member_id, number)]
    groups = {
        group: [line for line in lines if line.group == group] for group in ("answer", "score", "hold", "submitted")
    }
    pages = pager(number, total, PAGE) if total > PAGE or number > 1 else None
    return render_template("scoring/reviews.html", groups=groups, total=total, pager_of_list=pages)


def _line(row: ReviewRow, viewer: Actor) -> ReviewLine:
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
    )


def _action(state: AssignmentState) -> str:
    words = {
        S.OFFERED: gettext("Answer"),
        S.ACCEPTED: gettext("Start"),
        S.SUBMITTED: gettext("Read"),
        S.SUSPENDED: gettext("See why"),
    }
    return str(words.get(state, gettext("Go on")))
