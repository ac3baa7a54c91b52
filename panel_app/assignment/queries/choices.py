"""Whom a coordinator may choose for one assessment, and the pages around it."""

from dataclasses import dataclass
from datetime import datetime

from panel_app.assignment.choice_rules import choices
from panel_app.assignment.problem import Pair, Plan
from panel_app.assignment.queries.plans import member_names, planned_pairs
from panel_app.assignment.queries.problems import problem
from panel_app.assignment.queries.standing import AssessmentPlace
from panel_app.foundation.words import Sentence
from panel_app.programmes.queries import round_by_id


@dataclass(frozen=True)
class ChoiceRow:
    """A member with their name; what they would cover, or why they can't be asked."""

    key: str
    name: str
    reason: Sentence
    why_not: Sentence | None
    asked: bool


def choice_rows(place: AssessmentPlace, plan_id: int | None, now: datetime) -> list[ChoiceRow]:
    """Every member of the panel without a place there, the best first. Eleven statements, one more with a draft."""
    question = problem(round_by_id(place.round_id), now, [place.assessment_id])
    known = planned_pairs(plan_id) if plan_id is not None else []
    plan = Plan(tuple(Pair(each.member, each.assessment, Sentence(each.reason)) for each in known))
    names = member_names(place.round_id)
    return [
        ChoiceRow(each.member, names[each.member], each.reason, each.why_not, each.asked)
        for each in choices(question, plan, place.assessment_key)
    ]
