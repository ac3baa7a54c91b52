"""Who may do what to plans, offers and assignments; and what an assignment opens and closes elsewhere."""

from panel_app.assignment.place_rules import TAKEN_STATES
from panel_app.assignment.queries.standing import (
    AssessmentPlace,
    AssignmentFacts,
    assessment_place,
    assigned_portfolios,
    assignment_facts,
    had_a_part,
    holds_state,
    holds_state_on,
)
from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import NOT_FOUND, Act, Allowed, Rule, Verdict, bar, can, ground, policy, rule
from panel_app.foundation.words import N_
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.standing_facts import AssessmentFacts, CopyFacts, PortfolioFacts
from panel_app.portfolios.queries.visibility import hides_portfolios
from panel_app.programmes.policy import RoundFacts
from panel_app.programmes.policy import facts as round_facts
from panel_app.programmes.rules.states import RoundState


class PlanAct(Act):
    """Acts on the plan of a round, by the round's key."""

    READ = "assignment:read-plan"
    MAKE = "assignment:make-plan"
    CHANGE = "assignment:change-plan"
    DROP = "assignment:drop-plan"
    SEND = "assignment:send-plan"


class OfferAct(Act):
    """Acts on an assessment, by its key."""

    OFFER = "assignment:offer"


class PlaceAct(Act):
    """Acts on one assignment, by its key: the first are its member's, the others a coordinator's."""

    READ = "assignment:read"
    ANSWER = "assignment:answer"
    RECUSE = "assignment:recuse"
    SCORE = "assignment:score"
    LOOK_AFTER = "assignment:look-after"


def _round(key: str) -> RoundFacts | None:
    return round_facts(key)


def _sees_case(actor: Actor, facts: AssessmentPlace) -> Verdict:
    """Whoever may see the portfolio's case coordinates it; a part or a conflict keeps out (docs/rules.md)."""
    return Allowed() if actor.is_system else can(actor, PortfolioAct.READ_CASE, facts.portfolio_key)


ENDED = N_("The round is not running, so nobody can be assigned in it. Publish it first, or look at a later one.")
coordinates: Rule[RoundFacts] = rule(lambda actor, facts: actor.runs(facts.id), NOT_FOUND)
runs_on: Rule[RoundFacts] = rule(lambda actor, facts: facts.state is RoundState.PUBLISHED, ENDED, moment=True)
looks_after: Rule[AssessmentPlace] = Rule(_sees_case)
looks_after_it: Rule[AssignmentFacts] = Rule(_sees_case)
is_asked: Rule[AssignmentFacts] = rule(lambda actor, facts: actor.member_id == facts.member_id, NOT_FOUND)

policy(
    _round,
    {
        PlanAct.READ: coordinates,
        PlanAct.MAKE: coordinates & runs_on,
        PlanAct.CHANGE: coordinates & runs_on,
        PlanAct.DROP: coordinates,
        PlanAct.SEND: coordinates & runs_on,
    },
)
policy(assessment_place, {OfferAct.OFFER: looks_after})
policy(
    assignment_facts,
    {
        PlaceAct.READ: is_asked,
        PlaceAct.ANSWER: is_asked,
        PlaceAct.RECUSE: is_asked,
        PlaceAct.SCORE: is_asked,
        PlaceAct.LOOK_AFTER: looks_after_it,
    },
)


def _reads_copy(actor: Actor, facts: CopyFacts) -> bool:
    return actor.member_id is not None and holds_state(actor.member_id, facts.id, TAKEN_STATES)


def _reads_blind(actor: Actor, facts: AssessmentFacts) -> bool:
    return actor.member_id is not None and holds_state_on(actor.member_id, facts.assessment_id, TAKEN_STATES)


def _has_no_part(actor: Actor, facts: PortfolioFacts) -> bool:
    """Its owner is let through: a candidate is never asked to assess their own, and reads their own things."""
    return actor.member_id is None or actor.person_id == facts.owner_id or not had_a_part(actor.member_id, facts.id)


def _has_no_part_or_reads_copy(actor: Actor, facts: CopyFacts) -> bool:
    return _has_no_part(actor, facts) or _reads_copy(actor, facts)


def _has_no_part_or_reads_blind(actor: Actor, facts: AssessmentFacts) -> bool:
    return _has_no_part(actor, facts) or _reads_blind(actor, facts)


STRICTER = N_(
    "You were asked to assess this portfolio, so you don't coordinate it: another coordinator of the round does."
)
"""docs/rules.md: any assignment, past or present, switches coordinator and moderator rights on a portfolio off."""

ground(PortfolioAct.READ_PANEL_COPY, rule(_reads_copy, NOT_FOUND))
ground(PortfolioAct.READ_BLIND, rule(_reads_blind, NOT_FOUND))
for _act in (
    PortfolioAct.READ_CASE,
    PortfolioAct.EXTEND,
    PortfolioAct.READ_ORIGINAL,
    PortfolioAct.SETTLE_COPY,
    PortfolioAct.ADMIT,
):
    bar(_act, rule(_has_no_part, STRICTER))
bar(PortfolioAct.READ_PANEL_COPY, rule(_has_no_part_or_reads_copy, STRICTER))
bar(PortfolioAct.READ_BLIND, rule(_has_no_part_or_reads_blind, STRICTER))
hides_portfolios(lambda actor: assigned_portfolios(actor.member_id))
