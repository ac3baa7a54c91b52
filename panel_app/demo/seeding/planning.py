"""Coordinators plan: the solver's proposal, changed by hand where the story wants a certain member."""

from collections.abc import Mapping

from sqlalchemy import select

from panel_app.assignment import services as assignment
from panel_app.assignment.models import Plan, PlanPair
from panel_app.assignment.plan_rules import PlanState
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.places import assessment_key, member_key
from panel_app.demo.seeding.rounds import DemoRound
from panel_app.demo.seeding.writing import Draft
from panel_app.foundation.database import reading
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment

COORDINATOR = "coordinator-1"
GIVES_WAY = "Makes room for a member who has run a system of this kind."
COMES_IN = "Has run a system of this kind, which nobody else on the panel has."


def make_plan(cast: Cast, round_: DemoRound, drafts: Mapping[str, Draft], wanted: Mapping[str, str]) -> None:
    """Draw up a plan; `wanted` (portfolio → member by short names) is brought in where the solver chose others."""
    assignment.make_plan(cast[COORDINATOR], round_.key)
    for portfolio, member in wanted.items():
        _bring_in(cast, round_, assessment_key(drafts[portfolio].key), member_key(cast.id_of(member)))


def send_plan(cast: Cast, round_: DemoRound) -> None:
    """Send the plan's offers."""
    assignment.send_plan(cast[COORDINATOR], round_.key)


def _bring_in(cast: Cast, round_: DemoRound, assessment: str, member: str) -> None:
    pairs = _pairs(round_, assessment)
    if member in pairs.values():
        return
    assignment.remove_pair(cast[COORDINATOR], round_.key, max(pairs), GIVES_WAY)
    assignment.add_pair(cast[COORDINATOR], round_.key, assessment, member, COMES_IN)


def _pairs(round_: DemoRound, assessment: str) -> dict[str, str]:
    """Pair → member, by keys, of one assessment in the round's draft."""
    query = select(PlanPair.key, Member.key).join(Member, Member.id == PlanPair.member_id)
    query = query.join(Assessment, Assessment.id == PlanPair.assessment_id).where(Assessment.key == assessment)
    query = query.join(Plan, Plan.id == PlanPair.plan_id)
    query = query.where(Plan.round_id == round_.id, Plan.state == PlanState.DRAFT)
    return dict(reading().execute(query).all())
