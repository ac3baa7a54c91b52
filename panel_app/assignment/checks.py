"""What must hold of plans and assignments at any time (`panel check`)."""

from collections.abc import Iterable
from json import loads

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from panel_app.assignment.models import Assignment, AssignmentMove
from panel_app.assignment.place_rules import TAKEN_STATES
from panel_app.assignment.queries.standing import FIRST_ROLES
from panel_app.assignment.rules import LIVE_STATES, AssignmentState
from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import FindingState
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.programmes.models import Round, RubricPart


@invariant("assignment.state")
def state_is_that_of_the_last_move() -> Iterable[str]:
    """An assignment stands where its last move left it. One statement."""
    later = aliased(AssignmentMove)
    last = (
        select(func.max(later.id)).where(later.assignment_id == Assignment.id).correlate(Assignment).scalar_subquery()
    )
    found = select(Assignment.key, Assignment.state, AssignmentMove.state)
    found = found.outerjoin(AssignmentMove, AssignmentMove.id == last)
    for key, state, moved in reading().execute(found.order_by(Assignment.id)):
        if state != moved:
            yield f"assignment {key} stands at {state}, and its last move led to {moved or 'nothing'}"


@invariant("assignment.rounds")
def an_assignment_is_of_its_assessment_s_round() -> Iterable[str]:
    """The round that stands on an assignment is its assessment's. One statement."""
    strayed = select(Assignment.key).join(Assessment, Assessment.id == Assignment.assessment_id)
    for key in reading().scalars(strayed.where(Assignment.round_id != Assessment.round_id).order_by(Assignment.id)):
        yield f"assignment {key} stands in another round than its assessment"


@invariant("assignment.independence")
def nobody_barred_is_at_work() -> Iterable[str]:
    """No offer or work is live, unless on hold, where the register bars the pair. One statement."""
    found = (
        select(Assignment.key, Finding.kind)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Finding, (Finding.portfolio_id == Assessment.portfolio_id) & (Finding.member_id == Assignment.member_id))
        .where(Finding.state == FindingState.STANDING)
        .where(Assignment.state.in_(LIVE_STATES - {AssignmentState.SUSPENDED}))
        .where(Assessment.status.not_in((AssessmentStatus.RELEASED, AssessmentStatus.ENDED)))
    )
    for key, kind in reading().execute(found.order_by(Assignment.id, Finding.id)):
        yield f"assignment {key} is live although its pair is barred ({kind})"


@invariant("assignment.status")
def scoring_has_its_assessors() -> Iterable[str]:
    """An assessment is scored by as many as its round promises; one at assigning lacks someone. One statement."""
    taken = func.coalesce(func.sum(case((Assignment.state.in_(TAKEN_STATES), 1), else_=0)), 0)
    found = (
        select(Assessment.key, Assessment.status, RubricPart.code, Round.promise, taken)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
        .outerjoin(Assignment, (Assignment.assessment_id == Assessment.id) & Assignment.role.in_(FIRST_ROLES))
        .where(Assessment.status == AssessmentStatus.SCORING, Round.promise.is_not(None))
        .group_by(Assessment.id, Assessment.key, Assessment.status, RubricPart.code, Round.promise)
        .order_by(Assessment.id)
    )
    for key, status, part, promise, number in reading().execute(found):
        if number < loads(promise)["assessors"][part]:
            yield f"assessment {key} stands at {status}, its assessors: {number}"


@invariant("assignment.ended")
def nobody_works_on_what_has_ended() -> Iterable[str]:
    """Where an assessment ended without an outcome nobody is asked or awaited. One statement."""
    found = select(Assignment.key, Assignment.state).join(Assessment, Assessment.id == Assignment.assessment_id)
    found = found.where(Assessment.status == AssessmentStatus.ENDED)
    waiting = LIVE_STATES - {AssignmentState.SUBMITTED}
    for key, state in reading().execute(found.where(Assignment.state.in_(waiting)).order_by(Assignment.id)):
        yield f"assignment {key} stands at {state} although its assessment has ended"
