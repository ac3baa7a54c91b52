"""Plans: drawn up by the solver, kept as a draft, dropped, or sent as offers in one act."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment import happenings
from panel_app.assignment.models import Assignment, AssignmentRole, Plan, PlanPair, PlanShortfall
from panel_app.assignment.plan_rules import PLAN, PlanState, PlanStep
from panel_app.assignment.policy import PlanAct
from panel_app.assignment.problem import Plan as SolvedPlan
from panel_app.assignment.problem import Problem, broken_pairs, planned
from panel_app.assignment.queries.plans import PlannedPair, draft_id_of, planned_pairs
from panel_app.assignment.queries.problems import problem, terms
from panel_app.assignment.queries.standing import assessment_place_by_id
from panel_app.assignment.services.filling import Asked, add_offer, lock_panel, look_for_someone
from panel_app.assignment.services.telling import tell_offers
from panel_app.assignment.solver import solve
from panel_app.conflicts.services import check_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import end_reading, locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment
from panel_app.programmes.models import Round
from panel_app.programmes.queries import RoundView, known_round

NOTHING_TO_PLAN = N_("No portfolio of this round waits for assessors. Admit some first.")
HAS_DRAFT = N_("A plan is being drawn up already. Open it, or drop it first.")
NO_DRAFT = N_("There is no plan to change or send: it was sent or dropped, or none was drawn up. Reload the page.")
NO_PAIRS = N_("This plan has no pair, so there is nothing to send. Add members to it, or drop it.")
BROKEN = N_("Some pairs of this plan can't be offered any more; they are marked below. Take them out, then send.")


def make_plan(actor: Actor, round_key: str) -> str:
    """Draw up a plan for everything admitted that lacks assessors; gives its key. Raises Refused.

    Conflicts are examined anew first. No transaction is open while the solver runs; what changed meanwhile is left
    out when the plan is written.
    """
    must(can(actor, PlanAct.MAKE, round_key))
    round_ = known_round(round_key)
    if draft_id_of(round_.id) is not None:
        raise Refused(HAS_DRAFT, moment=True)
    check_round(round_.id)
    question = problem(round_, clock.now())
    end_reading()
    if not any(portfolio.open_places for portfolio in question.portfolios):
        raise Refused(NOTHING_TO_PLAN, moment=True)
    began = clock.running()
    answer = solve(question)
    took = clock.running() - began
    with transaction() as db:
        locked(db, Round, id=round_.id)
        must(can(actor, PlanAct.MAKE, round_key))
        return _write(db, actor, round_, answer, took_ms=int(took.total_seconds() * 1000))


def _write(db: Session, actor: Actor, round_: RoundView, answer: SolvedPlan, took_ms: int) -> str:
    fresh = problem(round_, clock.now())
    pairs = [(pair.member, pair.portfolio) for pair in answer.pairs]
    gone = {(each.member, each.portfolio) for each in broken_pairs(fresh, pairs)}
    whole = planned(fresh, [pair for pair in pairs if pair not in gone])
    number = (db.scalar(select(func.max(Plan.number)).filter_by(round_id=round_.id)) or 0) + 1
    plan = Plan(
        key=new_key(),
        round_id=round_.id,
        number=number,
        state=PLAN.start,
        took_ms=took_ms,
        made_at=clock.now(),
        made_by_id=actor.person_id,
    )
    db.add(plan)
    db.flush()
    _write_rows(db, plan, fresh, whole)
    missing = sum(each.missing for each in whole.shortfalls)
    made = happenings.PlanMade(round_id=round_.id, plan_id=plan.id, pairs=len(whole.pairs), missing=missing)
    record(made, by=actor)
    return plan.key


def _write_rows(db: Session, plan: Plan, question: Problem, whole: SolvedPlan) -> None:
    members = dict(db.execute(select(Member.key, Member.id)).all())
    keys = select(Assessment.key, Assessment.id).where(Assessment.key.in_(question.portfolio))
    assessments = dict(db.execute(keys).all())
    db.add_all(
        PlanPair(
            plan_id=plan.id,
            assessment_id=assessments[pair.portfolio],
            member_id=members[pair.member],
            fit=question.fit(question.member[pair.member], question.portfolio[pair.portfolio]),
            reason=str(pair.reason),
        )
        for pair in whole.pairs
    )
    db.add_all(
        PlanShortfall(
            plan_id=plan.id, assessment_id=assessments[each.portfolio], missing=each.missing, reason=str(each)
        )
        for each in whole.shortfalls
    )
    db.flush()


def drop_plan(actor: Actor, round_key: str) -> None:
    """Drop the draft; nothing was sent. Raises Refused."""
    with transaction() as db:
        must(can(actor, PlanAct.DROP, round_key))
        plan = locked_draft(db, round_key)
        plan.state = PLAN.after(PlanStep.DROP, plan.state)
        record(happenings.PlanDropped(round_id=plan.round_id, plan_id=plan.id), by=actor)


def send_plan(actor: Actor, round_key: str) -> int:
    """Approve the draft and send its offers, all in one act; gives how many. Raises Refused when one can't be sent."""
    with transaction() as db:
        must(can(actor, PlanAct.SEND, round_key))
        plan, round_ = locked_draft(db, round_key), known_round(round_key)
        pairs = planned_pairs(plan.id)
        if not pairs:
            raise Refused(NO_PAIRS, moment=True)
        assessment_ids = sorted({pair.assessment_id for pair in pairs})
        lock = select(Assessment.id).where(Assessment.id.in_(assessment_ids)).order_by(Assessment.id).with_for_update()
        db.execute(lock).all()
        lock_panel(db, round_.id)
        if broken_pairs(problem(round_, clock.now()), [(pair.member, pair.assessment) for pair in pairs]):
            raise Refused(BROKEN, moment=True)
        plan.state, plan.sent_at = PLAN.after(PlanStep.SEND, plan.state), clock.now()
        rows = _offer(db, actor, round_, plan, pairs)
        tell_offers(db, rows)
        record(happenings.PlanSent(round_id=plan.round_id, plan_id=plan.id, offers=len(rows)), by=actor)
        return len(rows)


def _offer(db: Session, actor: Actor, round_: RoundView, plan: Plan, pairs: Sequence[PlannedPair]) -> list[Assignment]:
    given = terms(round_, clock.now())
    for assessment_id in sorted({pair.assessment_id for pair in pairs}):
        look_for_someone(assessment_place_by_id(assessment_id), by=actor)
    asked = [(each, Asked(each.member_id, AssignmentRole.ASSESSOR, each.reason, plan.id)) for each in pairs]
    return [add_offer(db, pair.assessment_id, who, given, by=actor) for pair, who in asked]


def locked_draft(db: Session, round_key: str) -> Plan:
    """The round's draft, locked. Raises Refused where there is none."""
    plan = locked(db, Plan, round_id=known_round(round_key).id, state=PlanState.DRAFT)
    if plan is None:
        raise Refused(NO_DRAFT, moment=True)
    return plan
