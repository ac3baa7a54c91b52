"""What a coordinator does with one assessment and its assignments."""

from datetime import datetime

from panel_app import clock
from panel_app.assignment import happenings
from panel_app.assignment.models import AssignmentRole
from panel_app.assignment.place_rules import FILLING
from panel_app.assignment.policy import OfferAct, PlaceAct
from panel_app.assignment.queries.standing import AssessmentPlace, assessment_place, member_id_of
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentAct
from panel_app.assignment.services.filling import NOT_ON_PANEL, filling, offer_place, settle
from panel_app.assignment.services.independence import must_be_independent, refuse
from panel_app.assignment.services.moving import about, holding, keep, move
from panel_app.conflicts.services import independence
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted, locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.times import WallClockError, to_instant
from panel_app.foundation.words import N_
from panel_app.portfolios.models import Assessment

NOT_TO_FILL = N_("Nobody can be asked for this portfolio now: it is not admitted yet, or its outcome is on its way.")
FILLED = N_("Everyone who is needed for this portfolio has agreed. Take one back or replace one first.")
NOT_LATER = N_("Enter a time after the due date that holds now, and after this moment.")
NOTHING_DUE = N_("No score sheet is awaited here, so there is no due date to move.")


def offer(
    actor: Actor, assessment_key: str, member_key: str, reason: str = "", role: AssignmentRole = AssignmentRole.ASSESSOR
) -> str:
    """Ask one member for one assessment, anew where they came to nothing before; gives the offer's key.

    More may be asked than places are left: the first to agree have them. Raises Refused for a barred, full, absent
    or undecided member with the reason, and where nobody is needed.
    """
    must(can(actor, OfferAct.OFFER, assessment_key))
    _examine(assessment_key, member_key)
    with transaction() as db:
        locked(db, Assessment, key=assessment_key)
        must(can(actor, OfferAct.OFFER, assessment_key))
        place = _place(assessment_key)
        if place.assessment_status not in FILLING:
            raise Refused(NOT_TO_FILL, moment=True)
        if role is not AssignmentRole.THIRD and filling(place).first.is_full:
            raise Refused(FILLED, moment=True)
        return offer_place(db, place, member_key, role, by=actor, reason=reason.strip()).key


def _place(assessment_key: str) -> AssessmentPlace:
    place = assessment_place(assessment_key)
    if place is None:
        raise Refused(NOT_FOUND)
    return place


def _examine(assessment_key: str, member_key: str) -> None:
    """Let the register know of the pair as it is now, in a transaction of its own; the offer then asks the register."""
    member_id = member_id_of(member_key)
    if member_id is None:
        raise refuse(NOT_ON_PANEL)
    independence(member_id, _place(assessment_key).portfolio_id)


def recall(actor: Actor, key: str, reason: str) -> None:
    """Take an offer back that nothing was written for, with a reason. Nobody else is asked by itself."""
    _by_coordinator(actor, key, AssignmentAct.RECALL, reason)


def replace(actor: Actor, key: str, reason: str) -> None:
    """End a member's work with a reason; the next best is asked for the place."""
    _by_coordinator(actor, key, AssignmentAct.REPLACE, reason)


def resume(actor: Actor, key: str, reason: str) -> None:
    """Let work on hold go on, whatever put it there. Raises Refused while the pair is not free."""
    _by_coordinator(actor, key, AssignmentAct.RESUME, reason)


def restore(actor: Actor, key: str, reason: str) -> None:
    """Let a suspended, submitted sheet count again, once its conflict was decided away."""
    _by_coordinator(actor, key, AssignmentAct.RESTORE, reason)


def extend_due(actor: Actor, key: str, due_wall: str, reason: str) -> datetime:
    """Give one assessor a later due date, a wall-clock time in the round's zone. Raises Refused or Conflicted."""
    with holding(key) as held:
        must(can(actor, PlaceAct.LOOK_AFTER, key))
        if held.assignment.state not in AT_WORK_STATES:
            raise Refused(NOTHING_DUE, moment=True)
        try:
            due_at = to_instant(due_wall, held.facts.zone)
        except WallClockError as error:
            raise Conflicted("due", str(error.sentence)) from error
        if due_at <= max(held.assignment.due_at, clock.now()):
            raise Conflicted("due", NOT_LATER)
        held.assignment.due_at = due_at
        keep(held.db, held.assignment, None, by=actor, reason=reason.strip())
        told = about(held.assignment)
        record(happenings.DueMoved(**told, due_at=due_at.isoformat(), reason=reason.strip()), by=actor)
        return due_at


NEEDS_INDEPENDENCE = frozenset({AssignmentAct.RESUME, AssignmentAct.RESTORE})
NO_SHEET = N_("This member has not submitted a score sheet. Let the work go on instead.")


def _by_coordinator(actor: Actor, key: str, act: AssignmentAct, reason: str) -> None:
    with holding(key) as held:
        must(can(actor, PlaceAct.LOOK_AFTER, key))
        if act in NEEDS_INDEPENDENCE:
            must_be_independent(held.facts.member_id, held.facts.portfolio_id)
        if act is AssignmentAct.RESTORE and held.assignment.submitted_at is None:
            raise Refused(NO_SHEET, moment=True)
        move(held.db, held.assignment, act, by=actor, reason=reason)
        settle(held.db, held.facts.assessment_id)
