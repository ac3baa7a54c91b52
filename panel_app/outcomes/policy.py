"""Who may act on outcomes: who signs neither assessed nor moderated; who releases did not moderate (docs/rules.md)."""

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.permissions import NOT_FOUND, Act, Rule, policy, rule
from panel_app.foundation.words import N_
from panel_app.moderation.queries.facts import has_no_part, moderated, moderated_in
from panel_app.outcomes.queries.facts import (
    OutcomeStanding,
    ReleaseFacts,
    outcome_standing,
    release_facts,
    released_of,
)
from panel_app.outcomes.rules import OUTCOME, OutcomeState, OutcomeStep
from panel_app.scoring.queries.reports import keeps_from_signing


class OutcomeAct(Act):
    """Acts on an outcome, by its key."""

    READ = "outcomes:read-outcome"
    SIGN = "outcomes:sign-off"
    STRIKE = "outcomes:strike-criterion"
    SEND_BACK = "outcomes:send-back"


class ReleaseAct(Act):
    """Acts on the releases of a round, by the round's key."""

    LIST = "outcomes:list"
    PREPARE = "outcomes:prepare-release"


class ResultAct(Act):
    """Acts on the released outcome of a portfolio, by the portfolio's key."""

    READ_OWN = "outcomes:read-own"


def _may_sign_here(actor: Actor, facts: OutcomeStanding) -> bool:
    """Holds a role that the promise lets sign, and neither assessed nor has a conflict: else it is a secret."""
    holds = any(actor.holds(Role(name), facts.round_id) for name in facts.promise.may_sign)
    return holds and has_no_part(actor, facts.portfolio_id)


def _may_release_here(actor: Actor, facts: ReleaseFacts) -> bool:
    return any(actor.holds(Role(name), facts.id) for name in facts.promise.may_release)


signs_here: Rule[OutcomeStanding] = rule(_may_sign_here, NOT_FOUND)
did_not_moderate: Rule[OutcomeStanding] = rule(
    lambda actor, facts: not moderated(actor.person_id, facts.portfolio_id),
    N_("You moderated this portfolio, so someone else signs it off."),
)
has_not_signed: Rule[OutcomeStanding] = rule(
    lambda actor, facts: actor.person_id not in facts.signed_by,
    N_("You have signed this already. Someone else's signature is awaited."),
    moment=True,
)
is_proposed: Rule[OutcomeStanding] = rule(
    lambda actor, facts: OUTCOME.can(OutcomeStep.SIGN_OFF, facts.state),
    N_("This outcome isn't waiting for a signature now. Reload the page to see how it stands."),
    moment=True,
)
is_answered: Rule[OutcomeStanding] = rule(
    lambda actor, facts: not facts.open_cases,
    N_("A moderation case of this portfolio is not answered yet. Sign once it is."),
    moment=True,
)
nothing_reported: Rule[OutcomeStanding] = rule(
    lambda actor, facts: not keeps_from_signing(facts.assessment_id),
    N_("An assessor reported something about the evidence of this portfolio. Sign once a coordinator has answered it."),
    moment=True,
)
is_unsigned: Rule[OutcomeStanding] = rule(
    lambda actor, facts: not facts.signed_by,
    N_("Someone has signed this list as it is. Send the outcome back if it has to change."),
    moment=True,
)
is_not_out: Rule[OutcomeStanding] = rule(
    lambda actor, facts: OUTCOME.can(OutcomeStep.SEND_BACK, facts.state),
    N_("This outcome is released or was dropped, so it can't be sent back."),
    moment=True,
)
releases_here: Rule[ReleaseFacts] = rule(_may_release_here, NOT_FOUND)
moderated_nothing: Rule[ReleaseFacts] = rule(
    lambda actor, facts: not moderated_in(actor.person_id, facts.id),
    N_("You moderated in this round, so someone else releases its outcomes. Ask another coordinator."),
)
owns_released: Rule[OutcomeStanding] = rule(
    lambda actor, facts: actor.person_id == facts.owner_id and facts.state is OutcomeState.RELEASED, NOT_FOUND
)

policy(
    outcome_standing,
    {
        OutcomeAct.READ: signs_here & did_not_moderate,
        OutcomeAct.SIGN: signs_here & did_not_moderate & is_proposed & is_answered & nothing_reported & has_not_signed,
        OutcomeAct.STRIKE: signs_here & did_not_moderate & is_proposed & is_unsigned,
        OutcomeAct.SEND_BACK: signs_here & did_not_moderate & is_not_out,
    },
)
policy(release_facts, {ReleaseAct.LIST: releases_here, ReleaseAct.PREPARE: releases_here & moderated_nothing})
policy(released_of, {ResultAct.READ_OWN: owns_released})
