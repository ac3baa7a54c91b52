"""Late conflicts: a finding that bars a pair puts the member's work on hold, in the act that found it."""

from sqlalchemy import select

from panel_app.assignment.models import Assignment
from panel_app.assignment.queries.standing import assessment_place_by_id
from panel_app.assignment.rules import LIVE_STATES, AssignmentAct, AssignmentState, HoldCause
from panel_app.assignment.services.filling import fill, settle
from panel_app.assignment.services.moving import move
from panel_app.assignment.services.working import close_unneeded
from panel_app.conflicts.happenings import FindingChanged, FindingDecided
from panel_app.conflicts.queries import pair_standing
from panel_app.conflicts.rules import FindingState, Independence
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import on
from panel_app.portfolios.happenings import AssessmentStatusChanged
from panel_app.portfolios.models import Assessment, AssessmentStatus

LATE = "A conflict was found after the offer."
OVER = frozenset({AssessmentStatus.RELEASED, AssessmentStatus.ENDED})


@on(FindingChanged)
def on_finding(what: FindingChanged, by: Actor) -> None:
    """A finding that stands bars its pair at once."""
    if what.state == FindingState.STANDING:
        suspend_barred(what.member_id, what.portfolio_id)


@on(FindingDecided)
def on_decision(what: FindingDecided, by: Actor) -> None:
    """A coordinator let a finding stand."""
    if what.state == FindingState.STANDING:
        suspend_barred(what.member_id, what.portfolio_id)


def suspend_barred(member_id: int, portfolio_id: int) -> None:
    """Put the member's work on the portfolio on hold; an offer without an answer is closed and goes to the next."""
    if pair_standing(member_id, portfolio_id).independence is not Independence.BARRED:
        return
    with transaction() as db:
        live = _live(member_id, portfolio_id)
        for _, assessment_id in live:  # all of them first: whoever offers locks an assessment, then the panel
            locked(db, Assessment, id=assessment_id)
        for assignment_id, assessment_id in live:
            assignment = locked(db, Assignment, id=assignment_id)
            if assignment is None or assignment.state not in LIVE_STATES - {AssignmentState.SUSPENDED}:
                continue
            if assignment.state is AssignmentState.OFFERED:
                move(db, assignment, AssignmentAct.CLOSE, by=SYSTEM, reason=LATE)
                fill(db, assessment_place_by_id(assessment_id), assignment.role)
            else:
                move(db, assignment, AssignmentAct.SUSPEND, by=SYSTEM, reason=LATE, cause=HoldCause.CONFLICT)
            settle(db, assessment_id)


def _live(member_id: int, portfolio_id: int) -> list[tuple[int, int]]:
    with transaction() as db:
        found = select(Assignment.id, Assessment.id).join(Assessment, Assessment.id == Assignment.assessment_id)
        found = found.where(Assignment.member_id == member_id, Assessment.portfolio_id == portfolio_id)
        found = found.where(Assignment.state.in_(LIVE_STATES), Assessment.status.not_in(OVER))
        return [(row[0], row[1]) for row in db.execute(found.order_by(Assessment.id, Assignment.id))]


@on(AssessmentStatusChanged)
def on_end(what: AssessmentStatusChanged, by: Actor) -> None:
    """Where an assessment ends without an outcome, nobody is kept waiting or working."""
    if what.status == AssessmentStatus.ENDED:
        close_unneeded(what.assessment_id)
