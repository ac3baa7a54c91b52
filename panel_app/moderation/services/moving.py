"""The one writer of a case's state: opened once, moved along its table, each move kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import LIVE_STATES
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, reading
from panel_app.foundation.happenings import record
from panel_app.moderation.happenings import AssessmentDecidable, CaseMoved, CaseOpened, ReasonsAdded
from panel_app.moderation.models import CaseMove, CaseReason, ModerationCase
from panel_app.moderation.rules import CASE, CaseAct, CaseState
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.rules.statuses import ASSESSMENT, AssessmentStep
from panel_app.portfolios.services import advance
from panel_app.programmes.queries import round_by_id, working
from panel_app.programmes.rules.dates import step_due


@dataclass(frozen=True)
class Found:
    """A reason to keep with a case: which trigger, its code within the case, and the words."""

    trigger: str
    code: str
    words: str


@dataclass(frozen=True)
class Place:
    """An assessment with its portfolio and round, by their ids."""

    assessment_id: int
    portfolio_id: int
    round_id: int


def hold(db: Session, assessment_id: int) -> Place:
    """Lock an assessment: every act on its case, its sheets and its outcome stands in line behind this row."""
    assessment = locked(db, Assessment, id=assessment_id)
    assert assessment is not None
    round_id = db.execute(select(Portfolio.round_id).where(Portfolio.id == assessment.portfolio_id)).scalar_one()
    return Place(assessment_id, assessment.portfolio_id, round_id)


def case_not_closed(db: Session, assessment_id: int) -> ModerationCase | None:
    """The assessment's case that is not closed, locked, if there is one. The assessment is locked before."""
    query = select(ModerationCase.id).filter_by(assessment_id=assessment_id)
    found = db.scalar(query.where(ModerationCase.state != CaseState.CLOSED))
    return locked(db, ModerationCase, id=found) if found else None


def open_case(db: Session, place: Place, reasons: Iterable[Found], *, by: Actor) -> ModerationCase:
    """Open a case with its reasons and send the assessment to moderation. The caller holds the assessment."""
    reasons, now = list(reasons), clock.now()
    case = ModerationCase(
        assessment_id=place.assessment_id,
        state=CASE.start,
        state_since=now,
        opened_at=now,
        due_at=case_due(place.round_id),
    )
    db.add(case)
    db.flush()
    keep_reasons(db, case, reasons)
    record(
        CaseOpened(
            case_id=case.id,
            assessment_id=place.assessment_id,
            portfolio_id=place.portfolio_id,
            round_id=place.round_id,
            triggers=tuple(sorted({each.trigger for each in reasons})),
        ),
        by=by,
    )
    to_moderation(db, place, by=by)
    return case


def case_due(round_id: int) -> datetime:
    """Until when a case that comes to a moderator now is to be answered, by the round's policy and release."""
    now, round_ = clock.now(), round_by_id(round_id)
    window = round_.release_at - round_.scoring_due_at
    return step_due(now, working(round_id, now).case_days, window, round_.release_at)


def third_due(assessment_id: int) -> datetime | None:
    """When the third score sheet of an assessment is due; none while nobody is asked for one."""
    third = select(func.max(Assignment.due_at, type_=Assignment.due_at.type)).filter_by(assessment_id=assessment_id)
    third = third.where(Assignment.role == AssignmentRole.THIRD, Assignment.state.in_(LIVE_STATES))
    return reading().scalar(third)


def to_moderation(db: Session, place: Place, *, by: Actor) -> None:
    """Let the assessment's status say that a case is open, whichever status it had."""
    status = db.execute(select(Assessment.status).where(Assessment.id == place.assessment_id)).scalar_one()
    if ASSESSMENT.can(AssessmentStep.MODERATE, status):
        advance(place.assessment_id, AssessmentStep.MODERATE, by=by)


def keep_reasons(db: Session, case: ModerationCase, reasons: Iterable[Found]) -> list[Found]:
    """Add the reasons that the case doesn't have yet; gives those that are new."""
    rows = db.execute(select(CaseReason.trigger, CaseReason.code).filter_by(case_id=case.id))
    known = {(trigger, code) for trigger, code in rows}
    new = [each for each in reasons if (each.trigger, each.code) not in known]
    now = clock.now()
    db.add_all(
        CaseReason(case_id=case.id, trigger=each.trigger, code=each.code, words=each.words, found_at=now)
        for each in new
    )
    db.flush()
    return new


def add_reasons(db: Session, case: ModerationCase, reasons: Iterable[Found], *, by: Actor) -> None:
    """Add what was found since to an open case, and record it when there is anything new."""
    if new := keep_reasons(db, case, reasons):
        triggers = tuple(sorted({each.trigger for each in new}))
        record(ReasonsAdded(case_id=case.id, assessment_id=case.assessment_id, triggers=triggers), by=by)


def move_case(
    db: Session, case: ModerationCase, act: CaseAct, place: Place, *, by: Actor, reason: str | None = ""
) -> None:
    """Move a locked case along its table, keep the move and record it. Raises NotFromHere or ReasonMissing."""
    after, now = CASE.after(act, case.state), clock.now()
    reason = CASE.reason(act, reason)
    case.state, case.state_since = after, now
    if after is CaseState.ANSWERED:
        case.answer, case.answered_by_id = reason, by.person_id
    if after is CaseState.WITH_THIRD:
        case.due_at = third_due(case.assessment_id) or case.due_at
    if after is CaseState.CLOSED:
        case.closed_at = now
    if after is CaseState.WITH_MODERATOR:
        case.due_at = case_due(place.round_id)
        to_moderation(db, place, by=by)
    row = CaseMove(case_id=case.id, act=act, state=after, at=now, by_id=by.person_id, reason=reason)
    db.add(row)
    db.flush()
    record(
        CaseMoved(
            case_id=case.id,
            move_id=row.id,
            assessment_id=place.assessment_id,
            portfolio_id=place.portfolio_id,
            round_id=place.round_id,
            act=act.value,
            state=after.value,
            reason=reason,
        ),
        by=by,
    )


def tell_decidable(place: Place, *, by: Actor) -> None:
    """Say that nothing waits for an answer: a later stage proposes the outcome in this very transaction."""
    record(
        AssessmentDecidable(
            assessment_id=place.assessment_id, portfolio_id=place.portfolio_id, round_id=place.round_id
        ),
        by=by,
    )
