"""Services for scoring and moderation: the states of an assessor's work, a third assessor, ends that nobody needs."""

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.place_rules import RoundDates, due_for
from panel_app.assignment.policy import PlaceAct
from panel_app.assignment.queries.standing import assessment_place_by_id
from panel_app.assignment.rules import ASSIGNMENT, LIVE_STATES, AssignmentAct, AssignmentState
from panel_app.assignment.services.filling import offer_next_best, settle
from panel_app.assignment.services.independence import examine_first, must_be_independent
from panel_app.assignment.services.moving import holding, move
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.portfolios.models import Assessment
from panel_app.programmes.queries import round_by_id, working


def start(actor: Actor, key: str) -> AssignmentState:
    """Begin to score; where it has begun nothing changes. Returns the state. Raises Refused, NotFromHere."""
    examine_first(actor, PlaceAct.SCORE, key)
    with holding(key) as held:
        must(can(actor, PlaceAct.SCORE, key))
        must_be_independent(held.facts.member_id, held.facts.portfolio_id)
        if held.assignment.state not in (AssignmentState.SCORING, AssignmentState.REOPENED):
            move(held.db, held.assignment, AssignmentAct.START, by=actor)
        return held.assignment.state


def mark_submitted(actor: Actor, key: str) -> None:
    """Let the sheet count as submitted, in the act that submits it. Raises Refused, NotFromHere."""
    examine_first(actor, PlaceAct.SCORE, key)
    with holding(key) as held:
        must(can(actor, PlaceAct.SCORE, key))
        must_be_independent(held.facts.member_id, held.facts.portfolio_id)
        move(held.db, held.assignment, AssignmentAct.SUBMIT, by=actor)
        settle(held.db, held.facts.assessment_id)


def take_back(actor: Actor, key: str) -> None:
    """Take a submitted sheet back. Until when it may be is scoring's to say, which comes after: it asks first."""
    with holding(key) as held:
        must(can(actor, PlaceAct.SCORE, key))
        move(held.db, held.assignment, AssignmentAct.TAKE_BACK, by=actor)


def reopen(actor: Actor, key: str, reason: str) -> None:
    """Open a submitted sheet again, with a reason and a new due date; both versions stay. Raises Refused."""
    with holding(key) as held:
        must(can(actor, PlaceAct.LOOK_AFTER, key))
        days, round_ = working(held.facts.round_id, clock.now()).offer_days, round_by_id(held.facts.round_id)
        dates = RoundDates(round_.closes_at, round_.scoring_due_at, round_.release_at)
        held.assignment.due_at = due_for(dates, clock.now(), days, held.assignment.due_at)
        move(held.db, held.assignment, AssignmentAct.REOPEN, by=actor, reason=reason)


def third_assessor(assessment_id: int, by: Actor = SYSTEM) -> str | None:
    """Ask a third assessor, unseen, who goes next by the same rule; gives the key of the offer.

    One who is asked already and has not submitted is enough. None when nobody is left: then nothing changes but a
    record of it.
    """
    with transaction() as db:
        if locked(db, Assessment, id=assessment_id) is None:
            raise Refused(NOT_FOUND)
        third = select(Assignment.key).filter_by(assessment_id=assessment_id, role=AssignmentRole.THIRD)
        asked = third.where(Assignment.state.in_(LIVE_STATES - {AssignmentState.SUBMITTED}))
        known = db.scalar(asked.order_by(Assignment.id).limit(1))
        if known is not None:
            return known
        made = offer_next_best(db, assessment_place_by_id(assessment_id), AssignmentRole.THIRD, by=by)
        return None if made is None else made.key


def close_unneeded(assessment_id: int, by: Actor = SYSTEM) -> int:
    """End every assignment of an assessment that has no submitted sheet, each with a message; gives how many.

    What was typed is kept with the row. Nobody is asked in their place.
    """
    with transaction() as db:
        locked(db, Assessment, id=assessment_id)
        unneeded = select(Assignment).filter_by(assessment_id=assessment_id)
        unneeded = unneeded.where(Assignment.state.in_(ASSIGNMENT.sources(AssignmentAct.CLOSE)))
        rows = db.scalars(unneeded.order_by(Assignment.id).with_for_update()).all()
        for row in rows:
            move(db, row, AssignmentAct.CLOSE, by=by)
        return len(rows)
