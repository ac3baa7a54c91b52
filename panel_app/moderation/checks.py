"""What must hold of moderation cases, checked by `panel check`, one query each."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import LIVE_STATES
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseMove, CaseReason, ModerationCase, ModeratorLevel, SleepingCase
from panel_app.moderation.rules import CASE, UNANSWERED_STATES, CaseState
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, AssessmentStatus

DECIDED = (AssessmentStatus.PROPOSED, AssessmentStatus.SIGNED_OFF, AssessmentStatus.RELEASED)


@invariant("moderation.case_state")
def case_state() -> Iterator[str]:
    """The state of a case is the one that its last move led to."""
    of_case = select(func.max(CaseMove.id)).where(CaseMove.case_id == ModerationCase.id)
    last = of_case.correlate(ModerationCase).scalar_subquery()
    rows = reading().execute(
        select(ModerationCase.key, ModerationCase.state, CaseMove.state).outerjoin(CaseMove, CaseMove.id == last)
    )
    for key, stored, moved in rows:
        if stored is not (moved or CASE.start):
            yield f"case {key} stands at {stored}, its moves lead to {moved or CASE.start}"


@invariant("moderation.unanswered")
def unanswered_case() -> Iterator[str]:
    """Nothing is proposed, signed off or released while a case of it is unanswered."""
    rows = reading().execute(
        select(ModerationCase.key, Assessment.key, Assessment.status)
        .join(Assessment, Assessment.id == ModerationCase.assessment_id)
        .where(ModerationCase.state.in_(UNANSWERED_STATES), Assessment.status.in_(DECIDED))
    )
    for key, assessment, status in rows:
        yield f"case {key} is unanswered while assessment {assessment} is {status}"


@invariant("moderation.reasons")
def case_has_reason() -> Iterator[str]:
    """Every case says why it was opened."""
    rows = reading().scalars(select(ModerationCase.key).where(~ModerationCase.id.in_(select(CaseReason.case_id))))
    yield from (f"case {key} has no reason" for key in rows)


@invariant("moderation.asleep")
def asleep_is_alone() -> Iterator[str]:
    """Nothing sleeps beside a case that is open, or of an assessment that is decided."""
    open_case = select(ModerationCase.assessment_id).where(ModerationCase.state != CaseState.CLOSED)
    rows = reading().scalars(
        select(Assessment.key)
        .join(SleepingCase, SleepingCase.assessment_id == Assessment.id)
        .where(SleepingCase.ended_at.is_(None))
        .where(or_(Assessment.id.in_(open_case), Assessment.status.in_(DECIDED)))
        .order_by(Assessment.id)
    )
    yield from (f"assessment {key} has something asleep beside what is open" for key in rows)


@invariant("moderation.third")
def third_is_asked() -> Iterator[str]:
    """A case that is with a third assessor has one who is asked or at work."""
    asked = select(Assignment.assessment_id).where(
        Assignment.role == AssignmentRole.THIRD, Assignment.state.in_(LIVE_STATES)
    )
    rows = reading().scalars(
        select(ModerationCase.key).where(
            ModerationCase.state == CaseState.WITH_THIRD, ModerationCase.assessment_id.not_in(asked)
        )
    )
    yield from (f"case {key} waits for a third assessor whom nobody asked" for key in rows)


@invariant("moderation.separation")
def moderator_did_not_assess() -> Iterator[str]:
    """Whoever set a level was never asked to assess that portfolio."""
    rows = reading().execute(
        select(ModerationCase.key)
        .join(ModeratorLevel, ModeratorLevel.case_id == ModerationCase.id)
        .join(Assignment, Assignment.assessment_id == ModerationCase.assessment_id)
        .join(Member, Member.id == Assignment.member_id)
        .where(Member.person_id == ModeratorLevel.set_by_id)
        .distinct()
    )
    yield from (f"case {key} was moderated by one of its assessors" for (key,) in rows)
