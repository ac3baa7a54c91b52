"""Work put on hold because its assessor reported something, and let go on once that is answered."""

from sqlalchemy import select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentAct, AssignmentState, HoldCause
from panel_app.assignment.services.filling import settle
from panel_app.assignment.services.moving import holding, move
from panel_app.assignment.services.offering import resume
from panel_app.conflicts.queries import pair_standing
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment

REPORTED = "An assessor reported something."


def hold_work(actor: Actor, keys: list[str]) -> list[int]:
    """Put work on hold, in one order of locks; gives the ids of the assignments that were at work."""
    held_ids = []
    for key in keys:
        with holding(key) as held:
            if held.assignment.state in AT_WORK_STATES:
                move(held.db, held.assignment, AssignmentAct.SUSPEND, by=actor, reason=REPORTED, cause=HoldCause.REPORT)
                settle(held.db, held.facts.assessment_id)
                held_ids.append(held.assignment.id)
    return held_ids


def let_go_on(actor: Actor, assignment_ids: list[int], reason: str) -> int:
    """Let work on hold go on, save where a conflict stands or waits for a decision by now; gives the number."""
    going = 0
    for key, member_id, portfolio_id in _on_hold(assignment_ids):
        if pair_standing(member_id, portfolio_id).is_free:
            resume(actor, key, reason)
            going += 1
    return going


def keys_at_work(portfolio_id: int) -> list[str]:
    """The keys of all work on a portfolio, in the order in which their rows are locked. One statement."""
    found = select(Assignment.key).join(Assessment, Assessment.id == Assignment.assessment_id)
    found = found.where(Assessment.portfolio_id == portfolio_id, Assignment.state.in_(AT_WORK_STATES))
    return list(reading().scalars(found.order_by(Assignment.assessment_id, Assignment.id)))


def _on_hold(assignment_ids: list[int]) -> list[tuple[str, int, int]]:
    found = select(Assignment.key, Assignment.member_id, Assessment.portfolio_id)
    found = found.join(Assessment, Assessment.id == Assignment.assessment_id)
    found = found.where(Assignment.id.in_(assignment_ids), Assignment.state == AssignmentState.SUSPENDED)
    rows = reading().execute(found.order_by(Assignment.assessment_id, Assignment.id))
    return [(row[0], row[1], row[2]) for row in rows]
