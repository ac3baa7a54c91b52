"""The one writer of an assignment's state, and the locks that every act on one takes, in one order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment import happenings
from panel_app.assignment.models import Assignment, AssignmentMove
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts, assignment_facts_by_id
from panel_app.assignment.rules import ASSIGNMENT, ENDED_STATES, AssignmentAct, HoldCause
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.portfolios.models import Assessment

_HAPPENINGS: dict[AssignmentAct, type[happenings.AboutAssignment]] = {
    AssignmentAct.ACCEPT: happenings.OfferAccepted,
    AssignmentAct.START: happenings.WorkStarted,
    AssignmentAct.TAKE_BACK: happenings.WorkStarted,
    AssignmentAct.SUBMIT: happenings.WorkSubmitted,
    AssignmentAct.REOPEN: happenings.WorkReopened,
    AssignmentAct.SUSPEND: happenings.WorkSuspended,
    AssignmentAct.RESUME: happenings.WorkResumed,
    AssignmentAct.RESTORE: happenings.WorkResumed,
}
OPENS_AGAIN = frozenset({AssignmentAct.REOPEN, AssignmentAct.TAKE_BACK})
"""Acts after which nothing is submitted any more: a hold that comes then can't end in a sheet that counts."""


@dataclass(frozen=True)
class Held:
    """A locked assignment with its facts, inside an open transaction."""

    db: Session
    assignment: Assignment
    facts: AssignmentFacts


@contextmanager
def holding(key: str) -> Iterator[Held]:
    """One act on the assignment with this key: its assessment's row locked, then its own. Raises Refused.

    Whoever changes who assesses what locks the assessment first: two answers to the last place stand in line.
    """
    with transaction() as db:
        facts = assignment_facts(key)
        if facts is None:
            raise Refused(NOT_FOUND)
        locked(db, Assessment, id=facts.assessment_id)
        assignment = locked(db, Assignment, id=facts.id)
        fresh = assignment_facts(key)
        if assignment is None or fresh is None:
            raise Refused(NOT_FOUND)
        yield Held(db, assignment, fresh)


def move(
    db: Session,
    assignment: Assignment,
    act: AssignmentAct,
    *,
    by: Actor,
    reason: str | None = "",
    cause: HoldCause | None = None,
) -> None:
    """Move a locked assignment along its table, keep the move and record it. `cause`: of what puts work on hold.

    Raises NotFromHere for an act that its state has not, and ReasonMissing.
    """
    after = ASSIGNMENT.after(act, assignment.state)
    reason = ASSIGNMENT.reason(act, reason)
    now = clock.now()
    assignment.state, assignment.state_since = after, now
    if act is AssignmentAct.ACCEPT:
        assignment.accepted_at = now
    if act is AssignmentAct.SUBMIT:
        assignment.submitted_at = now
    if act in OPENS_AGAIN:
        assignment.submitted_at = None
    if after in ENDED_STATES:
        assignment.ended_reason = reason
    keep(db, assignment, act, by=by, reason=reason)
    kind = happenings.AssignmentEnded if after in ENDED_STATES else _HAPPENINGS[act]
    more = {"cause": cause.value} if cause else {}
    record(kind(**about(assignment), act=act.value, reason=reason, **more), by=by)


def keep(db: Session, assignment: Assignment, act: AssignmentAct | None, *, by: Actor, reason: str) -> None:
    """Add the row of history for what was just done."""
    db.add(
        AssignmentMove(
            assignment_id=assignment.id,
            act=act,
            state=assignment.state,
            at=clock.now(),
            by_id=by.person_id,
            reason=reason,
        )
    )
    db.flush()


class About(TypedDict):
    """The fields that every happening about an assignment has."""

    assignment_id: int
    assessment_id: int
    portfolio_id: int
    round_id: int
    member_id: int
    role: str


def about(assignment: Assignment) -> About:
    """What a happening tells of an assignment. One statement."""
    facts = assignment_facts_by_id(assignment.id)
    return About(
        assignment_id=facts.id,
        assessment_id=facts.assessment_id,
        portfolio_id=facts.portfolio_id,
        round_id=facts.round_id,
        member_id=facts.member_id,
        role=facts.role.value,
    )
