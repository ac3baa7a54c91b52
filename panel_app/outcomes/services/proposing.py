"""Outcomes come and go with what they stand on: proposed when nothing is open, dropped when something opens again."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.happenings import WorkReopened, WorkSuspended
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import on, record
from panel_app.foundation.permissions import Refused
from panel_app.foundation.words import N_
from panel_app.moderation.happenings import AssessmentDecidable, CaseOpened
from panel_app.moderation.queries.standing import Standing, standing
from panel_app.moderation.rules import Decision, TraceLine
from panel_app.moderation.services.moving import Place, hold
from panel_app.outcomes.happenings import OutcomeDropped, OutcomeProposed
from panel_app.outcomes.models import Outcome, OutcomeCriterion
from panel_app.outcomes.rules import OUTCOME, OutcomeState, OutcomeStep
from panel_app.portfolios.happenings import AssessmentStatusChanged
from panel_app.portfolios.models import Assessment, AssessmentStatus
from panel_app.portfolios.rules.statuses import ASSESSMENT, AssessmentStep
from panel_app.portfolios.services import advance
from panel_app.programmes.queries import round_by_id
from panel_app.programmes.rules.dates import step_due
from panel_app.scoring.queries import SubmittedSheet

RELEASED_ALREADY = N_("The outcome of this portfolio is released, so its score sheets can't be opened again.")
SHEET_REOPENED = N_("A score sheet was opened again.")
SHEET_SET_ASIDE = N_("A score sheet was set aside, because a conflict of interest appeared.")
CASE_OPENED = N_("A moderation case was opened.")
PROPOSED_ANEW = N_("A newer proposal took its place.")
ENDED = N_("The assessment ended without an outcome.")


@on(AssessmentDecidable)
def propose_when_decidable(happened: AssessmentDecidable, by: Actor) -> None:
    """Propose in the transaction that brought the last sheet or the moderator's answer."""
    propose(happened.assessment_id)


@on(WorkReopened)
def drop_when_sheet_opens(happened: WorkReopened, by: Actor) -> None:
    """A sheet that counted is written again: what was proposed from it goes, the scoring goes on."""
    if withdraw(happened.assessment_id, OutcomeStep.DROP, SHEET_REOPENED, by=SYSTEM, even_released=False):
        _back_to_scoring(happened.assessment_id)


@on(WorkSuspended)
def drop_when_sheet_is_set_aside(happened: WorkSuspended, by: Actor) -> None:
    """A late conflict takes a sheet out; a released outcome stands, and is a matter of correction."""
    if withdraw(happened.assessment_id, OutcomeStep.DROP, SHEET_SET_ASIDE, by=SYSTEM):
        _back_to_scoring(happened.assessment_id)


@on(CaseOpened)
def drop_when_case_opens(happened: CaseOpened, by: Actor) -> None:
    """A case (of the sample) is opened about something that was proposed."""
    withdraw(happened.assessment_id, OutcomeStep.DROP, CASE_OPENED, by=SYSTEM)


@on(AssessmentStatusChanged)
def drop_when_assessment_ends(happened: AssessmentStatusChanged, by: Actor) -> None:
    """An assessment that ended without an outcome keeps none."""
    if happened.status == AssessmentStatus.ENDED.value:
        with transaction() as db:
            place = hold(db, happened.assessment_id)
            if (alive := _alive(db, place.assessment_id)) is not None:
                drop(db, alive, place, OutcomeStep.DROP, ENDED, by=SYSTEM)


def propose(assessment_id: int) -> str:
    """Apply the decision rule to what counts now and keep result, figures, trace and feedback; gives the key.

    The system does it. Raises NotDecidable when no sheet counts.
    """
    with transaction() as db:
        place = hold(db, assessment_id)
        if (alive := _alive(db, assessment_id)) is not None:
            drop(db, alive, place, OutcomeStep.DROP, PROPOSED_ANEW, by=SYSTEM)
        now = standing(assessment_id)
        decision = now.decide()
        outcome = _outcome(db, now, decision)
        db.add_all(_criteria(outcome, now, decision))
        db.flush()
        _to_proposed(db, assessment_id)
        record(OutcomeProposed(**about(outcome, place), number=outcome.number), by=SYSTEM)
        return outcome.key


def _outcome(db: Session, now: Standing, decision: Decision) -> Outcome:
    last = db.scalar(select(func.max(Outcome.number)).filter_by(assessment_id=now.assessment_id))
    at, round_ = clock.now(), round_by_id(now.round_id)
    window = round_.release_at - round_.scoring_due_at
    row = Outcome(
        assessment_id=now.assessment_id,
        number=(last or 0) + 1,
        result=decision.result,
        mean=decision.mean,
        is_borderline=decision.borderline,
        is_split=decision.split,
        trace=[_line(each) for each in decision.trace],
        state=OUTCOME.start,
        state_since=at,
        proposed_at=at,
        sign_off_by=step_due(at, now.working.sign_off_days, window, round_.release_at),
    )
    db.add(row)
    db.flush()
    return row


def _line(line: TraceLine) -> dict[str, object]:
    return {"number": line.number, "text": line.text, "figures": dict(line.figures)}


def _criteria(outcome: Outcome, now: Standing, decision: Decision) -> Iterable[OutcomeCriterion]:
    labels = {sheet.label for sheet in decision.counted}
    sheets = [sheet for sheet in now.sheets if sheet.label in labels]
    for criterion in now.criteria:
        yield OutcomeCriterion(
            outcome_id=outcome.id,
            criterion_id=criterion.id,
            value=decision.values[criterion.code],
            is_moderated=criterion.code in decision.moderator_levels,
            is_referred=criterion.code in decision.referred,
            feedback=_feedback(sheets, criterion.code),
        )


def _feedback(sheets: Iterable[SubmittedSheet], code: str) -> list[str]:
    """What assessors wrote to the candidate, in an order that differs by criterion and tells nothing of anyone."""
    shuffled = sorted(sheets, key=lambda sheet: sha256(f"{sheet.key}{code}".encode()).digest())
    return [text for sheet in shuffled if (text := sheet.score(code).feedback)]


def _to_proposed(db: Session, assessment_id: int) -> None:
    """Let the status say so; from where the table has no such step it goes by way of moderation."""
    if not ASSESSMENT.can(AssessmentStep.PROPOSE, _status(db, assessment_id)):
        advance(assessment_id, AssessmentStep.MODERATE, by=SYSTEM)
    advance(assessment_id, AssessmentStep.PROPOSE, by=SYSTEM)


def withdraw(assessment_id: int, step: OutcomeStep, reason: str, *, by: Actor, even_released: bool = True) -> bool:
    """Drop what is proposed or signed off for an assessment; says whether anything was.

    A released outcome stands: nothing happens then, or Refused is raised unless `even_released` is fine.
    """
    with transaction() as db:
        place, outcome = hold(db, assessment_id), _alive(db, assessment_id)
        if outcome is None:
            return False
        if outcome.state is OutcomeState.RELEASED:
            if not even_released:
                raise Refused(RELEASED_ALREADY, moment=True)
            return False
        drop(db, outcome, place, step, reason, by=by)
        if ASSESSMENT.can(AssessmentStep.REOPEN, _status(db, assessment_id)):
            advance(assessment_id, AssessmentStep.REOPEN, by=by, reason=reason)
        return True


def drop(db: Session, outcome: Outcome, place: Place, step: OutcomeStep, reason: str, *, by: Actor) -> None:
    """Move a locked outcome to dropped; it leaves the release that it was prepared for."""
    outcome.state = OUTCOME.after(step, outcome.state)
    outcome.state_since, outcome.release_id = clock.now(), None
    outcome.dropped_reason, outcome.dropped_by_id = OUTCOME.reason(step, reason), by.person_id
    db.flush()
    record(OutcomeDropped(**about(outcome, place), act=step.value, reason=outcome.dropped_reason), by=by)


def about(outcome: Outcome, place: Place) -> dict[str, int]:
    """The fields that every happening about an outcome has."""
    return {
        "outcome_id": outcome.id,
        "assessment_id": place.assessment_id,
        "portfolio_id": place.portfolio_id,
        "round_id": place.round_id,
    }


def _alive(db: Session, assessment_id: int) -> Outcome | None:
    query = select(Outcome.id).filter_by(assessment_id=assessment_id).where(Outcome.state != OutcomeState.DROPPED)
    found = db.scalar(query)
    return locked(db, Outcome, id=found) if found else None


def _back_to_scoring(assessment_id: int) -> None:
    advance(assessment_id, AssessmentStep.MODERATE, by=SYSTEM)
    advance(assessment_id, AssessmentStep.RESUME, by=SYSTEM)


def _status(db: Session, assessment_id: int) -> AssessmentStatus:
    return db.execute(select(Assessment.status).where(Assessment.id == assessment_id)).scalar_one()
