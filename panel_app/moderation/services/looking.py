"""What happens to an assessment once its score sheets are in: triggers, a case, its first answer, or nothing."""

from sqlalchemy.orm import Session

from panel_app.assignment.happenings import PlaceUnfilled, WorkReopened, WorkResumed
from panel_app.assignment.models import AssignmentRole
from panel_app.assignment.rules import AssignmentAct
from panel_app.assignment.services import third_assessor
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import on
from panel_app.foundation.words import N_
from panel_app.moderation.models import ModerationCase, SleepingCase
from panel_app.moderation.queries.standing import Standing, standing
from panel_app.moderation.rules import TRIGGERS, UNANSWERED_STATES, CaseAct, CaseState, FirstAnswer, Raised, raised
from panel_app.moderation.services.moving import (
    Found,
    Place,
    add_reasons,
    case_not_closed,
    hold,
    move_case,
    open_case,
    tell_decidable,
)
from panel_app.moderation.services.sampling import hand_over, sampled_late
from panel_app.moderation.services.sleeping import end_sleep, put_to_sleep
from panel_app.scoring.happenings import SheetSubmitted, SheetTakenBack

CANNOT_JUDGE = "cannot_judge"
THIRD_AGREES = N_("With the third score sheet no trigger finds anything any more.")
SHEET_CAME_AGAIN = N_("A score sheet was submitted again, and triggers found something.")


@on(SheetSubmitted)
def look_after_submission(happened: SheetSubmitted, by: Actor) -> None:
    """Look in the transaction that submits the sheet: no moment passes in which a discrepancy is not found."""
    look(happened.assessment_id)


@on(WorkResumed)
def look_at_restored_sheet(happened: WorkResumed, by: Actor) -> None:
    """A submitted sheet that was set aside counts again."""
    if happened.act == AssignmentAct.RESTORE.value:
        look(happened.assessment_id)


@on(SheetTakenBack)
def void_when_taken_back(happened: SheetTakenBack, by: Actor) -> None:
    """What was found stood on a sheet that is being written again."""
    _void(happened.assessment_id)


@on(WorkReopened)
def void_when_reopened(happened: WorkReopened, by: Actor) -> None:
    """The same when a coordinator opens a sheet while it could be taken back."""
    _void(happened.assessment_id)


def _void(assessment_id: int) -> None:
    with transaction() as db:
        hold(db, assessment_id)
        end_sleep(db, assessment_id)


@on(PlaceUnfilled)
def go_on_without_third(happened: PlaceUnfilled, by: Actor) -> None:
    """Nobody is left to be the third: the moderator answers."""
    if happened.role != AssignmentRole.THIRD.value:
        return
    with transaction() as db:
        place, case = hold(db, happened.assessment_id), case_not_closed(db, happened.assessment_id)
        if case is not None and case.state is CaseState.WITH_THIRD:
            move_case(db, case, CaseAct.ASK_MODERATOR, place, by=SYSTEM)


def look(assessment_id: int) -> None:
    """Look at an assessment; does nothing while a sheet that is needed is missing or any sheet is open.

    While a sheet can be taken back, what is found sleeps, and it is looked at again when the last grace ends. Then it
    opens a case for what the round's triggers find, or takes its case a step on; without anything found the
    assessment is decidable, unless the round's sample was drawn and all results of its kind are seen by a moderator.
    The system does it, whoever submitted.
    """
    with transaction() as db:
        place, case, now = hold(db, assessment_id), case_not_closed(db, assessment_id), standing(assessment_id)
        if now.resting:
            _rest(db, place, case, now.awake())
            return
        asleep = end_sleep(db, assessment_id)
        if not now.is_in:
            return
        found = triggered(now)
        is_asked = case is not None and case.state is CaseState.WITH_MODERATOR
        if not found and not is_asked and (why := sampled_late(place, now)) is not None:
            hand_over(db, place, why, by=SYSTEM)
        elif case is None:
            _begin(db, place, now, found, asleep)
        elif case.state is CaseState.WITH_THIRD:
            _after_third(db, place, case, now, found)
        else:
            _again(db, place, case, found)


def triggered(now: Standing) -> tuple[Raised, ...]:
    """What the triggers that the round's working policy switches on find in the sheets as they are.

    A sheet that can't judge is found in every round while its portfolio has too few complete ones.
    """
    too_few = {CANNOT_JUDGE} if now.is_short else set()
    switched_on = [kind.name for kind in TRIGGERS if now.working.trigger_is_on(kind.name) or kind.name in too_few]
    return raised(now.facts(), only=switched_on)


def _rest(db: Session, place: Place, case: ModerationCase | None, now: Standing) -> None:
    found = triggered(now) if case is None and now.is_in else ()
    put_to_sleep(db, place, reasons(found))


def _begin(db: Session, place: Place, now: Standing, found: tuple[Raised, ...], asleep: SleepingCase | None) -> None:
    if not found:
        tell_decidable(place, by=SYSTEM)
        return
    case = open_case(db, place, reasons(found), by=SYSTEM)
    if asleep is not None:
        asleep.case_id = case.id
    wants_third = any(each.first is FirstAnswer.THIRD for each in found) and (now.is_short or not now.has_third)
    offered = third_assessor(place.assessment_id) if wants_third else None
    act = CaseAct.ASK_THIRD if offered else CaseAct.ASK_MODERATOR
    move_case(db, case, act, place, by=SYSTEM)


def _after_third(db: Session, place: Place, case: ModerationCase, now: Standing, found: tuple[Raised, ...]) -> None:
    """A third who can't judge either is no answer: another is asked, and the case waits for them."""
    if found:
        add_reasons(db, case, reasons(found), by=SYSTEM)
        if now.is_short and third_assessor(place.assessment_id):
            return
        if case.state is CaseState.WITH_THIRD:
            move_case(db, case, CaseAct.ASK_MODERATOR, place, by=SYSTEM)
    else:
        move_case(db, case, CaseAct.AGREE, place, by=SYSTEM, reason=THIRD_AGREES)
        tell_decidable(place, by=SYSTEM)


def _again(db: Session, place: Place, case: ModerationCase, found: tuple[Raised, ...]) -> None:
    """A sheet was reopened and came back while the case is with the moderator, or after it was answered."""
    add_reasons(db, case, reasons(found), by=SYSTEM)
    if case.state in UNANSWERED_STATES:
        return
    if found:
        move_case(db, case, CaseAct.REOPEN, place, by=SYSTEM, reason=SHEET_CAME_AGAIN)
    else:
        tell_decidable(place, by=SYSTEM)


def reasons(found: tuple[Raised, ...]) -> list[Found]:
    """What triggers raised, as it is kept."""
    return [Found(each.trigger, each.reason.code, str(each.reason.words)) for each in found]
