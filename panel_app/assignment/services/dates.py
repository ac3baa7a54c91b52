"""A round's day for score sheets moved: work that was due on it is due on the new one, and its members are told."""

from sqlalchemy import select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import LIVE_STATES
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import on
from panel_app.foundation.times import to_instant
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import tell_dates_moved


@on(DatesMoved)
def move_due_dates(happened: DatesMoved, by: Actor) -> None:
    """A due date of an assessor's own, that a coordinator gave, stays unless the round's is later."""
    walls = happened.moves.get(Which.SCORING_DUE.value)
    if walls is None:
        return
    old, new = (to_instant(wall, happened.zone) for wall in walls)
    with transaction() as db:
        found = select(Assignment, Member.person_id).join(Member, Member.id == Assignment.member_id)
        found = found.join(Assessment, Assessment.id == Assignment.assessment_id)
        found = found.join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        found = found.where(Portfolio.round_id == happened.round_id, Assignment.state.in_(LIVE_STATES))
        rows = db.execute(found.order_by(Assignment.id).with_for_update(of=Assignment)).all()
        for row, _ in rows:
            row.due_at = new if row.due_at == old else max(row.due_at, new)
        db.flush()
        tell_dates_moved(happened, sorted({person_id for _, person_id in rows}))
