"""Who may do what to a portfolio, its evidence, its panel copies and its assessments.

A later stage adds a ground (an assignment lets its member read panel copies) or a bar (any assignment, past or
present, switches a coordinator's rights on that portfolio off).
"""

from flask_babel import gettext

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.permissions import NOT_FOUND, Act, Allowed, Refusal, Rule, Verdict, policy, rule
from panel_app.foundation.times import clock_text
from panel_app.foundation.words import N_
from panel_app.portfolios.models import AssessmentStatus, PortfolioStatus
from panel_app.portfolios.queries.standing_facts import (
    AssessmentFacts,
    PortfolioFacts,
    assessment_facts,
    copy_facts,
    evidence_facts,
    portfolio_facts,
)
from panel_app.portfolios.rules.statuses import PORTFOLIO, PortfolioStep


class PortfolioAct(Act):
    """Acts on a portfolio, on a piece of evidence, on a panel copy, on an assessment: each by that thing's key."""

    READ = "portfolios:read"
    WRITE = "portfolios:write"
    SUBMIT = "portfolios:submit"
    WITHDRAW = "portfolios:withdraw"
    READ_CASE = "portfolios:read-case"
    EXTEND = "portfolios:extend"
    READ_ORIGINAL = "portfolios:read-original"
    CHANGE_EVIDENCE = "portfolios:change-evidence"
    READ_PANEL_COPY = "portfolios:read-panel-copy"
    SETTLE_COPY = "portfolios:settle-panel-copy"
    READ_BLIND = "portfolios:read-blind"
    ADMIT = "portfolios:admit"


class TooLate(Refusal):
    """The deadline has passed; the refused attempt is kept in the history."""


def _closed(facts: PortfolioFacts) -> Refusal:
    when = clock_text(facts.closes_at, facts.zone, seconds=True)
    return TooLate(
        gettext(
            "The deadline was %(time)s; nothing can be changed since. What you submitted before it counts. "
            "If something kept you from it, write to the round's coordinator: they can grant a later deadline.",
            time=when,
        ),
        kind="moment",
    )


def _is_open(actor: Actor, facts: PortfolioFacts) -> Verdict:
    if facts.now > facts.shut_at:
        return _closed(facts)
    if facts.now < facts.opens_at:
        when = clock_text(facts.opens_at, facts.zone)
        return Refusal(gettext("The round opens %(time)s. Come back then.", time=when), kind="moment")
    return Allowed()


def _coordinates(actor: Actor, facts: PortfolioFacts) -> bool:
    """A coordinator of its round, but never of a portfolio of their own."""
    return actor.holds(Role.COORDINATOR, facts.round_id) and actor.person_id != facts.owner_id


owns: Rule[PortfolioFacts] = rule(lambda actor, facts: actor.person_id == facts.owner_id, NOT_FOUND)
coordinates: Rule[PortfolioFacts] = rule(_coordinates, NOT_FOUND)
coordinates_it: Rule[AssessmentFacts] = rule(_coordinates, NOT_FOUND)
is_open: Rule[PortfolioFacts] = Rule(_is_open)
may_change: Rule[PortfolioFacts] = rule(
    lambda actor, facts: facts.status in (PortfolioStatus.DRAFT, PortfolioStatus.SUBMITTED),
    N_("This portfolio has ended and can't be changed. Open its page to see how it stands."),
    moment=True,
)
may_withdraw: Rule[PortfolioFacts] = rule(
    lambda actor, facts: PORTFOLIO.can(PortfolioStep.WITHDRAW, facts.status),
    N_("This portfolio has ended already, so there is nothing to withdraw."),
    moment=True,
)
has_no_result: Rule[PortfolioFacts] = rule(
    lambda actor, facts: not facts.has_result,
    N_("The result of this portfolio is out, so it can't be withdrawn any more. Read the result on its own page."),
    moment=True,
)
may_extend: Rule[PortfolioFacts] = rule(
    lambda actor, facts: facts.status not in (PortfolioStatus.WITHDRAWN, PortfolioStatus.VOID),
    N_("This portfolio was withdrawn or voided: a later deadline would change nothing."),
    moment=True,
)
is_ready: Rule[AssessmentFacts] = rule(
    lambda actor, facts: facts.assessment_status is AssessmentStatus.READY,
    N_("Only what is ready can be admitted: all panel copies made, and not admitted yet. Reload the page."),
    moment=True,
)
has_closed: Rule[AssessmentFacts] = rule(
    lambda actor, facts: facts.now > facts.shut_at,
    N_("The deadline of this portfolio has not passed. Admit it afterwards."),
    moment=True,
)

policy(
    portfolio_facts,
    {
        PortfolioAct.READ: owns,
        PortfolioAct.WRITE: owns & may_change & is_open,
        PortfolioAct.SUBMIT: owns & may_change & is_open,
        PortfolioAct.WITHDRAW: owns & may_withdraw & has_no_result,
        PortfolioAct.READ_CASE: coordinates,
        PortfolioAct.EXTEND: coordinates & may_extend,
    },
)
policy(
    evidence_facts,
    {
        PortfolioAct.READ_ORIGINAL: owns | coordinates,
        PortfolioAct.CHANGE_EVIDENCE: owns & may_change & is_open,
    },
)
policy(copy_facts, {PortfolioAct.READ_PANEL_COPY: coordinates, PortfolioAct.SETTLE_COPY: coordinates})
policy(
    assessment_facts,
    {PortfolioAct.READ_BLIND: coordinates_it, PortfolioAct.ADMIT: coordinates_it & is_ready & has_closed},
)
