"""A coordinator changes the draft of a plan: a pair out, with a reason; a member in, checked as the solver checks."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment import happenings
from panel_app.assignment.models import Plan, PlanPair, PlanShortfall
from panel_app.assignment.policy import OfferAct, PlanAct
from panel_app.assignment.problem import Pair, Problem, check_pair, pair_reason, shortfalls
from panel_app.assignment.problem import Plan as SolvedPlan
from panel_app.assignment.queries.plans import planned_pairs
from panel_app.assignment.queries.problems import problem
from panel_app.assignment.queries.standing import (
    AssessmentPlace,
    assessment_place,
    assessment_place_by_id,
    member_id_of,
)
from panel_app.assignment.services.filling import NOT_ON_PANEL
from panel_app.assignment.services.independence import refuse
from panel_app.assignment.services.planning import locked_draft
from panel_app.conflicts.services import independence
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_, Sentence
from panel_app.programmes.queries import round_by_id

GIVE_REASON = N_("Give a reason: it stands beside the change in the plan.")
NOT_TO_PLAN = Sentence(N_("This portfolio is not to be planned now. Look at its page to see where it stands."))


def add_pair(actor: Actor, round_key: str, assessment_key: str, member_key: str, reason: str) -> None:
    """Put a member into the draft. Raises Refused with the reason for one who is barred, undecided, away or full."""
    _must_change(actor, round_key, assessment_key, reason)
    member_id, place = member_id_of(member_key), assessment_place(assessment_key)
    if member_id is None or place is None:
        raise refuse(NOT_ON_PANEL)
    independence(member_id, place.portfolio_id)
    with transaction() as db:
        _must_change(actor, round_key, assessment_key, reason)
        plan = locked_draft(db, round_key)
        question, whole = _question(plan, place)
        if member_key not in question.member:
            raise refuse(NOT_ON_PANEL)
        if (why := check_pair(question, whole, member_key, assessment_key)) is not None:
            raise refuse(why)
        member = question.member[member_key]
        number = member.load + whole.loads[member_key] + 1
        db.add(
            PlanPair(
                plan_id=plan.id,
                assessment_id=place.assessment_id,
                member_id=member_id,
                fit=question.fit(member, question.portfolio[assessment_key]),
                reason=str(pair_reason(question, member_key, assessment_key, number)),
                changed_by_id=actor.person_id,
                changed_reason=reason.strip(),
            )
        )
        _changed(db, actor, plan, place, member_id, "added", reason)


def remove_pair(actor: Actor, round_key: str, pair_key: str, reason: str) -> None:
    """Take a pair out of the draft, with a reason. Raises Refused."""
    with transaction() as db:
        plan = locked_draft(db, round_key)
        row = locked(db, PlanPair, key=pair_key, plan_id=plan.id)
        if row is None:
            raise Refused(NOT_FOUND)
        place = assessment_place_by_id(row.assessment_id)
        _must_change(actor, round_key, place.assessment_key, reason)
        member_id = row.member_id
        db.delete(row)
        _changed(db, actor, plan, place, member_id, "removed", reason)


def _must_change(actor: Actor, round_key: str, assessment_key: str, reason: str) -> None:
    must(can(actor, PlanAct.CHANGE, round_key))
    must(can(actor, OfferAct.OFFER, assessment_key))
    if not reason.strip():
        raise Refused(GIVE_REASON, moment=True)


def _question(plan: Plan, place: AssessmentPlace) -> tuple[Problem, SolvedPlan]:
    """The one assessment as a problem, and the whole draft as a plan: loads count over all of it."""
    question = problem(round_by_id(plan.round_id), clock.now(), [place.assessment_id])
    pairs = tuple(Pair(each.member, each.assessment, Sentence(each.reason)) for each in planned_pairs(plan.id))
    if place.assessment_key not in question.portfolio or place.round_id != plan.round_id:
        raise refuse(NOT_TO_PLAN)
    return question, SolvedPlan(pairs)


def _changed(
    db: Session, actor: Actor, plan: Plan, place: AssessmentPlace, member_id: int, change: str, reason: str
) -> None:
    db.flush()
    question, whole = _question(plan, place)
    db.execute(delete(PlanShortfall).filter_by(plan_id=plan.id, assessment_id=place.assessment_id))
    db.add_all(
        PlanShortfall(plan_id=plan.id, assessment_id=place.assessment_id, missing=each.missing, reason=str(each))
        for each in shortfalls(question, whole)
    )
    what = happenings.PlanChanged(
        round_id=plan.round_id,
        plan_id=plan.id,
        assessment_id=place.assessment_id,
        member_id=member_id,
        change=change,
        reason=reason.strip(),
    )
    record(what, by=actor)
