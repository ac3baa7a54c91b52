"""Who may do what to a moderation case; and what a case opens to its moderator elsewhere."""

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.permissions import NOT_FOUND, Act, Rule, ground, policy, rule
from panel_app.foundation.words import N_
from panel_app.moderation.queries.facts import CaseStanding, case_standing, has_no_part, has_open_case
from panel_app.moderation.rules import CASE, CaseAct, CaseState
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.standing_facts import AssessmentFacts, CopyFacts, PortfolioFacts
from panel_app.programmes.policy import RoundFacts
from panel_app.programmes.policy import facts as round_facts


class ModerationAct(Act):
    """Acts on a moderation case, by its key."""

    READ = "moderation:read-case"
    ANSWER = "moderation:answer-case"


class SampleAct(Act):
    """Acts on the sample of a round, by the round's key."""

    DRAW = "moderation:draw-sample"


def _moderates(actor: Actor, facts: CaseStanding) -> bool:
    """A moderator of the round who has no part in this portfolio: anyone else doesn't learn that there is a case."""
    return actor.holds(Role.MODERATOR, facts.round_id) and has_no_part(actor, facts.portfolio_id)


def _is_up_to_moderator(actor: Actor, facts: CaseStanding) -> bool:
    return CASE.can(CaseAct.ANSWER, facts.state)


def _is_not_closed(actor: Actor, facts: CaseStanding) -> bool:
    return facts.state is not CaseState.CLOSED


moderates: Rule[CaseStanding] = rule(_moderates, NOT_FOUND)
is_not_closed: Rule[CaseStanding] = rule(
    _is_not_closed,
    N_("This case is closed: its outcome is out, or its assessment ended. Its sheets and evidence can't be read here."),
    moment=True,
)
is_up_to_moderator: Rule[CaseStanding] = rule(
    _is_up_to_moderator,
    N_("This case doesn't wait for a moderator now. Reload the page to see how it stands."),
    moment=True,
)
sheets_are_in: Rule[CaseStanding] = rule(
    lambda actor, facts: not facts.open_sheets and facts.submitted >= facts.needed,
    N_(
        "A complete score sheet of this portfolio is still missing. Answer once it is in: "
        "a coordinator asks another assessor, or opens one again."
    ),
    moment=True,
)
coordinates: Rule[RoundFacts] = rule(lambda actor, facts: actor.holds(Role.COORDINATOR, facts.id), NOT_FOUND)


def _round(key: str) -> RoundFacts | None:
    return round_facts(key)


policy(
    case_standing,
    {
        ModerationAct.READ: moderates & is_not_closed,
        ModerationAct.ANSWER: moderates & is_up_to_moderator & sheets_are_in,
    },
)
policy(_round, {SampleAct.DRAW: coordinates})


def _reads_for_a_case(actor: Actor, facts: PortfolioFacts) -> bool:
    return actor.holds(Role.MODERATOR, facts.round_id) and has_open_case(facts.id) and has_no_part(actor, facts.id)


_reads_assessment: Rule[AssessmentFacts] = rule(_reads_for_a_case, NOT_FOUND)
_reads_copy: Rule[CopyFacts] = rule(_reads_for_a_case, NOT_FOUND)
ground(PortfolioAct.READ_BLIND, _reads_assessment)
ground(PortfolioAct.READ_PANEL_COPY, _reads_copy)
