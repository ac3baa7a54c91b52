"""Places of an assessment: an offer for one, the next best for one that came free, and what follows for its status."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment import happenings
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.place_rules import FILLING, Places, places, thirds_wanted
from panel_app.assignment.problem import Plan, Problem, check_offer, next_best, pair_reason
from panel_app.assignment.queries.problems import Terms, problem, terms
from panel_app.assignment.queries.standing import (
    FIRST_ROLES,
    AssessmentPlace,
    assessment_place_by_id,
    states_of,
)
from panel_app.assignment.rules import ASSIGNMENT, AssignmentAct, AssignmentState
from panel_app.assignment.services.independence import refuse
from panel_app.assignment.services.moving import about, keep, move
from panel_app.assignment.services.telling import tell_offers
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import on, record
from panel_app.foundation.words import N_, Sentence
from panel_app.panel.models import Member, Seat
from panel_app.portfolios.models import AssessmentStatus
from panel_app.portfolios.rules.statuses import ASSESSMENT, AssessmentStep
from panel_app.portfolios.services import advance
from panel_app.programmes.queries import promised, round_by_id
from panel_app.programmes.rules.states import RoundState

FREES_PLACE = frozenset({
    AssignmentAct.DECLINE,
    AssignmentAct.DEFER,
    AssignmentAct.RECUSE,
    AssignmentAct.EXPIRE,
    AssignmentAct.REPLACE,
})  # fmt: skip
"""Ends after which the next best is asked at once. What a coordinator takes back, or nobody needs, is not refilled."""


def lock_panel(db: Session, round_id: int) -> None:
    """Hold every place on a round's panel until the act ends: capacity is compared under this lock.

    Taken after the assessments' locks, by everyone who makes offers, so that two offers stand in line.
    """
    db.execute(select(Seat.id).filter_by(round_id=round_id).order_by(Seat.id).with_for_update()).all()


@dataclass(frozen=True)
class Asked:
    """Who is offered what: a member by id, in a role, why, and in which plan."""

    member_id: int
    role: AssignmentRole
    reason: str
    plan_id: int | None = None


def add_offer(db: Session, assessment_id: int, asked: Asked, given: Terms, *, by: Actor) -> Assignment:
    """Add the row of an offer that was checked; the caller holds the locks, and tells the member."""
    row = Assignment(
        round_id=given.round_id,
        assessment_id=assessment_id,
        member_id=asked.member_id,
        plan_id=asked.plan_id,
        role=asked.role,
        state=ASSIGNMENT.start,
        state_since=given.offered_at,
        reason=asked.reason,
        offered_at=given.offered_at,
        answer_by=given.answer_by,
        due_at=given.due_at,
    )
    db.add(row)
    db.flush()
    keep(db, row, None, by=by, reason=asked.reason)
    record(happenings.OfferMade(**about(row), plan_id=asked.plan_id, reason=asked.reason), by=by)
    return row


def offer_place(
    db: Session, place: AssessmentPlace, member_key: str, role: AssignmentRole, *, by: Actor, reason: str = ""
) -> Assignment:
    """Offer one place of a locked assessment, checked under the panel's lock. Raises Refused with the reason."""
    round_ = round_by_id(place.round_id)
    lock_panel(db, place.round_id)
    question = problem(round_, clock.now(), [place.assessment_id])
    if member_key not in question.member:
        raise refuse(NOT_ON_PANEL)
    if (why := check_offer(question, member_key, place.assessment_key)) is not None:
        raise refuse(why)
    words = reason or _why(question, member_key, place)
    look_for_someone(place, by=by)
    member_id = db.execute(select(Member.id).filter_by(key=member_key)).scalar_one()
    row = add_offer(db, place.assessment_id, Asked(member_id, role, words), terms(round_, clock.now()), by=by)
    tell_offers(db, [row])
    return row


def offer_next_best(db: Session, place: AssessmentPlace, role: AssignmentRole, *, by: Actor) -> Assignment | None:
    """Offer one place of a locked assessment to whom it goes next, or record that nobody is left and return None."""
    round_ = round_by_id(place.round_id)
    lock_panel(db, place.round_id)
    question = problem(round_, clock.now(), [place.assessment_id])
    member_key = next_best(question, Plan(), place.assessment_key)
    if member_key is None:
        unfilled = happenings.PlaceUnfilled(
            assessment_id=place.assessment_id,
            portfolio_id=place.portfolio_id,
            round_id=place.round_id,
            role=role.value,
        )
        record(unfilled, by=by)
        return None
    look_for_someone(place, by=by)
    member_id = db.execute(select(Member.id).filter_by(key=member_key)).scalar_one()
    asked = Asked(member_id, role, _why(question, member_key, place))
    row = add_offer(db, place.assessment_id, asked, terms(round_, clock.now()), by=by)
    tell_offers(db, [row])
    return row


def _why(question: Problem, member_key: str, place: AssessmentPlace) -> str:
    return str(pair_reason(question, member_key, place.assessment_key, question.member[member_key].load + 1))


def look_for_someone(place: AssessmentPlace, *, by: Actor) -> None:
    """Let the assessment stand at assigning, where its table leads there."""
    status = assessment_place_by_id(place.assessment_id).assessment_status
    if ASSESSMENT.can(AssessmentStep.ASSIGN, status):
        advance(place.assessment_id, AssessmentStep.ASSIGN, by=by)


@dataclass(frozen=True)
class Filling:
    """How an assessment is staffed: the places that the round promises, and that of a third assessor."""

    first: Places
    third: Places

    @property
    def is_full(self) -> bool:
        """Whether everyone who is needed has agreed."""
        return self.first.is_full and self.third.is_full


def filling(place: AssessmentPlace) -> Filling:
    """Count the places of an assessment as they stand. Two statements."""
    known = states_of(place.assessment_id)
    third = [state for role, state in known if role is AssignmentRole.THIRD]
    return Filling(
        first=places(promised(place.round_id).assessors[place.part], [state for r, state in known if r in FIRST_ROLES]),
        third=places(thirds_wanted(third), third),
    )


def settle(db: Session, assessment_id: int) -> None:
    """Bring status and open offers in line with who has agreed; the assessment is locked.

    Enough agreed: scoring begins, and offers that nobody needs any more are closed kindly. Somebody gone: assigning.
    """
    place = assessment_place_by_id(assessment_id)
    now = filling(place)
    if now.is_full and place.assessment_status is AssessmentStatus.ASSIGNING:
        advance(assessment_id, AssessmentStep.SCORE, by=SYSTEM)
    if not now.is_full and place.assessment_status is AssessmentStatus.SCORING:
        advance(assessment_id, AssessmentStep.ASSIGN, by=SYSTEM)
    full_roles = {*(FIRST_ROLES if now.first.is_full else ()), *((AssignmentRole.THIRD,) if now.third.is_full else ())}
    open_offers = select(Assignment).filter_by(assessment_id=assessment_id, state=AssignmentState.OFFERED)
    for row in db.scalars(open_offers.where(Assignment.role.in_(full_roles)).order_by(Assignment.id)).all():
        move(db, row, AssignmentAct.CLOSE, by=SYSTEM)


@on(happenings.AssignmentEnded)
def fill_again(happened: happenings.AssignmentEnded, by: Actor) -> None:
    """A place that came free is offered to the next best in the same transaction; its status follows."""
    with transaction() as db:
        if AssignmentAct(happened.act) in FREES_PLACE:
            fill(db, assessment_place_by_id(happened.assessment_id), AssignmentRole(happened.role))
        settle(db, happened.assessment_id)


def fill(db: Session, place: AssessmentPlace, role: AssignmentRole) -> None:
    """Offer a place of this kind to the next best where nobody is asked for it, as long as someone may be asked."""
    if not _may_fill(place):
        return
    now = filling(place)
    if (now.third if role is AssignmentRole.THIRD else now.first).to_offer:
        offer_next_best(db, place, role, by=SYSTEM)


def _may_fill(place: AssessmentPlace) -> bool:
    running = round_by_id(place.round_id).state is RoundState.PUBLISHED
    return running and place.assessment_status in FILLING


NOT_ON_PANEL = Sentence(N_("This member has no place on the round's panel. Give one on the panel's page first."))
