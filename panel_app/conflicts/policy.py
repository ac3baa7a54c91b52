"""Who may read and decide the register; and the bar on everybody in a role who has a conflict with a portfolio."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.conflicts.models import Finding
from panel_app.conflicts.queries.standing import hidden_from, is_hidden
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import NOT_FOUND, Act, Rule, bar, policy, rule
from panel_app.foundation.words import N_
from panel_app.panel.models import Member
from panel_app.portfolios.models import Portfolio
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.standing_facts import PortfolioFacts
from panel_app.portfolios.queries.visibility import hides_portfolios
from panel_app.programmes.models import Round
from panel_app.programmes.rules.states import RoundState


class ConflictAct(Act):
    """Acts on a round's register, and on one finding in it."""

    READ_REGISTER = "conflicts:read-register"
    RECHECK = "conflicts:recheck"
    READ_FINDING = "conflicts:read-finding"
    DECIDE = "conflicts:decide"


@dataclass(frozen=True)
class RoundPolicyFacts:
    """A round whose register it is."""

    id: int
    state: RoundState


@dataclass(frozen=True)
class FindingPolicyFacts:
    """A finding: whom it is about and in which round."""

    id: int
    person_id: int
    portfolio_id: int
    round_id: int
    round_state: RoundState


def round_facts(key: str) -> RoundPolicyFacts | None:
    """Read the round with this key. One statement."""
    row = reading().execute(select(Round.id, Round.state).where(Round.key == key)).one_or_none()
    return RoundPolicyFacts(*row) if row else None


def finding_facts(key: str) -> FindingPolicyFacts | None:
    """Read the finding with this key. One statement."""
    row = (
        reading()
        .execute(
            select(Finding.id, Member.person_id, Finding.portfolio_id, Portfolio.round_id, Round.state)
            .join(Member, Member.id == Finding.member_id)
            .join(Portfolio, Portfolio.id == Finding.portfolio_id)
            .join(Round, Round.id == Portfolio.round_id)
            .where(Finding.key == key)
        )
        .one_or_none()
    )
    return FindingPolicyFacts(*row) if row else None


def _may_see(actor: Actor, finding: FindingPolicyFacts) -> bool:
    """A coordinator of the round who has no conflict with the portfolio, and is not whom the finding is about."""
    own = actor.person_id == finding.person_id
    return actor.runs(finding.round_id) and not own and not is_hidden(actor.person_id, finding.portfolio_id)


def _has_no_conflict(actor: Actor, portfolio: PortfolioFacts) -> bool:
    return actor.person_id in (None, portfolio.owner_id) or not is_hidden(actor.person_id, portfolio.id)


ENDED = N_("The round has ended: nothing in its register changes any more.")
coordinates: Rule[RoundPolicyFacts] = rule(lambda actor, facts: actor.runs(facts.id), NOT_FOUND)
goes_on: Rule[RoundPolicyFacts] = rule(lambda actor, facts: facts.state is not RoundState.ENDED, ENDED, moment=True)
may_see: Rule[FindingPolicyFacts] = rule(_may_see, NOT_FOUND)
round_goes_on: Rule[FindingPolicyFacts] = rule(
    lambda actor, facts: facts.round_state is not RoundState.ENDED, ENDED, moment=True
)
has_no_conflict: Rule[PortfolioFacts] = rule(_has_no_conflict, NOT_FOUND)

policy(round_facts, {ConflictAct.READ_REGISTER: coordinates, ConflictAct.RECHECK: coordinates & goes_on})
policy(finding_facts, {ConflictAct.READ_FINDING: may_see, ConflictAct.DECIDE: may_see & round_goes_on})

BARRED_ACTS = (
    PortfolioAct.READ_CASE,
    PortfolioAct.EXTEND,
    PortfolioAct.READ_ORIGINAL,
    PortfolioAct.READ_PANEL_COPY,
    PortfolioAct.SETTLE_COPY,
    PortfolioAct.READ_BLIND,
    PortfolioAct.ADMIT,
)
"""What a coordinator, moderator, signer or observer with a conflict can't do: they see nothing of that portfolio."""
for _act in BARRED_ACTS:
    bar(_act, has_no_conflict)
hides_portfolios(lambda actor: hidden_from(actor.person_id))
