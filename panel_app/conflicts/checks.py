"""What must hold of the register at any time (`panel check`)."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from panel_app import clock
from panel_app.accounts.models import RoleGrant
from panel_app.conflicts.models import Finding, FindingDecision, RoleConflict
from panel_app.conflicts.queries.examination import changes, pairs_of_round
from panel_app.conflicts.rules import DETECTORS, FindingState, Strength
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Portfolio
from panel_app.programmes.models import Round
from panel_app.programmes.rules.states import RoundState


@invariant("conflicts.decisions")
def every_decision_is_on_record() -> Iterable[str]:
    """A finding that was dismissed, or let stand by hand, has its decision in the history. One statement."""
    by_hand = (Finding.state == FindingState.STANDING) & (Finding.strength == Strength.DECISION)
    recorded = select(FindingDecision.finding_id)
    found = select(Finding.key).where(or_(Finding.state == FindingState.DISMISSED, by_hand))
    for key in reading().scalars(found.where(Finding.id.not_in(recorded)).order_by(Finding.id)):
        yield f"finding {key} stands as decided, and nobody's decision is on record"


@invariant("conflicts.strengths")
def states_fit_strengths() -> Iterable[str]:
    """What bars stands, what is a note is noted, unless its facts are gone. One statement."""
    fits = {Strength.BARRED: FindingState.STANDING, Strength.NOTE: FindingState.NOTED}
    wrong = [
        (Finding.strength == strength) & Finding.state.not_in([state, FindingState.SUPERSEDED])
        for strength, state in fits.items()
    ]
    for key, strength, state in reading().execute(
        select(Finding.key, Finding.strength, Finding.state).where(or_(*wrong)).order_by(Finding.id)
    ):
        yield f"finding {key} has the strength {strength} and stands at {state}"


@invariant("conflicts.register")
def the_register_is_what_is_found() -> Iterable[str]:
    """Examined anew, every pair of a round that goes on gives what the register holds. A few statements a round."""
    for round_id, code in reading().execute(
        select(Round.id, Round.code).where(Round.state == RoundState.PUBLISHED).order_by(Round.id)
    ):
        if stale := changes(pairs_of_round(round_id), clock.now()):
            yield f"round {code}: pairs that give other findings now: {len(stale)}; have the round checked anew"


@invariant("conflicts.kinds")
def every_kind_has_a_detector() -> Iterable[str]:
    """A finding that holds is of a kind that a detector still looks for. One statement."""
    kinds = [each.name for each in DETECTORS]
    found = select(Finding.key, Finding.kind).where(Finding.kind.not_in(kinds))
    for key, kind in reading().execute(found.where(Finding.state != FindingState.SUPERSEDED).order_by(Finding.id)):
        yield f"finding {key} is of the kind {kind}, which no detector looks for any more"


@invariant("conflicts.owners")
def owners_with_a_role_keep_away() -> Iterable[str]:
    """Whoever has a role in the round of their own portfolio is written down as having a conflict. One statement."""
    away = select(RoleConflict.id).where(
        RoleConflict.person_id == PortfolioOwner.person_id, RoleConflict.portfolio_id == PortfolioOwner.portfolio_id
    )
    found = (
        select(Portfolio.key)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(RoleGrant, RoleGrant.person_id == PortfolioOwner.person_id)
        .where(RoleGrant.round_id == Portfolio.round_id, ~away.exists())
        .distinct()
    )
    for key in reading().scalars(found.order_by(Portfolio.key)):
        yield f"portfolio {key}: its candidate has a role in the round, and nothing keeps them away from it"
