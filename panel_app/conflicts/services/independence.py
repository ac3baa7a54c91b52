"""Independence, checked anew whenever something is to happen between a person and a portfolio (docs/rules.md)."""

from panel_app import clock
from panel_app.conflicts.people_rules import PairStanding, must_keep_away
from panel_app.conflicts.queries.role_facts import role_findings
from panel_app.conflicts.queries.standing import pair_standing
from panel_app.conflicts.services.register import check_pair
from panel_app.foundation.database import transaction
from panel_app.foundation.permissions import Allowed, Refusal, Verdict
from panel_app.foundation.words import N_

KEEP_AWAY = Refusal(N_("You can't do this, because the rules of independence keep you away from this portfolio."))


def independence(member_id: int, portfolio_id: int) -> PairStanding:
    """Examine a member and a portfolio now, write what changed into the register, and say how they stand.

    For planning, offer, acceptance, start, submission: `must(independence(…).for_member())`, or `.for_coordinator()`.
    """
    with transaction():
        check_pair(member_id, portfolio_id)
        return pair_standing(member_id, portfolio_id)


def person_is_independent(person_id: int, portfolio_id: int) -> Verdict:
    """Examine somebody who coordinates, moderates or signs: truthy, or the refusal with its sentence.

    Not independent: the candidate, whoever shares their account, address, name, organisation or mail domain or
    declared them, and a panel member whose pair is barred or undecided. Writes nothing.
    """
    found = role_findings({person_id}, {portfolio_id}, clock.now())
    findings, register = found[person_id, portfolio_id]
    return KEEP_AWAY if must_keep_away(findings, register) else Allowed()
