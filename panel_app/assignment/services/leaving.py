"""When a person is erased: open work is offered to the next best; a submitted sheet stays and counts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app.accounts.happenings import PersonErased
from panel_app.assignment.models import Assignment
from panel_app.assignment.queries.standing import assessment_place_by_id
from panel_app.assignment.rules import LIVE_STATES, AssignmentAct, AssignmentState
from panel_app.assignment.services.filling import fill, settle
from panel_app.assignment.services.moving import move
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import on
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment

GONE = "The member's account was erased."
OPEN = LIVE_STATES - {AssignmentState.SUBMITTED}


@on(PersonErased)
def free_open_work(what: PersonErased, _by: Actor) -> None:
    """An offer is closed, work that was begun is replaced; each place goes to the next best in the same act."""
    with transaction() as db:
        found = select(Assignment.id, Assignment.assessment_id).join(Member, Member.id == Assignment.member_id)
        found = found.where(Member.person_id == what.person_id, Assignment.state.in_(OPEN))
        open_work = db.execute(found.order_by(Assignment.assessment_id, Assignment.id)).all()
        for _, assessment_id in open_work:  # all of them first: whoever offers locks an assessment, then the panel
            locked(db, Assessment, id=assessment_id)
        for assignment_id, _ in open_work:
            assignment = locked(db, Assignment, id=assignment_id)
            if assignment is not None and assignment.state in OPEN:
                _end(db, assignment)


def _end(db: Session, assignment: Assignment) -> None:
    """End one; what was begun is refilled by the end itself."""
    if assignment.state is not AssignmentState.OFFERED:
        move(db, assignment, AssignmentAct.REPLACE, by=SYSTEM, reason=GONE)
        return
    move(db, assignment, AssignmentAct.CLOSE, by=SYSTEM, reason=GONE)
    fill(db, assessment_place_by_id(assignment.assessment_id), assignment.role)
    settle(db, assignment.assessment_id)
