"""Independence is checked, not presumed: at plan, offer, acceptance, start and submission (docs/rules.md)."""

from panel_app.assignment.place_rules import ON_HOLD
from panel_app.assignment.policy import PlaceAct
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.conflicts.queries import pair_standing
from panel_app.conflicts.services import independence
from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.saying import say
from panel_app.foundation.words import Sentence


def refuse(sentence: Sentence) -> Refused:
    """The refusal of a right person at a wrong moment, in the reader's language."""
    return Refused(say(sentence), moment=True)


def examine_first(actor: Actor, act: PlaceAct, key: str) -> None:
    """Let the pair of an assignment be examined anew before the act that stands on it. Raises Refused.

    Work on hold is refused for that alone, before anything else: what else it read would tell the cause of the hold.
    In a transaction of its own where none is open: what was found stays in the register although the act is refused,
    and members' rows are locked before those of assessments, as everywhere.
    """
    must(can(actor, act, key))
    facts = assignment_facts(key)
    if facts is None:
        raise Refused(NOT_FOUND)
    if facts.state is AssignmentState.SUSPENDED:
        raise Refused(ON_HOLD, moment=True)
    must(independence(facts.member_id, facts.portfolio_id).for_member())


def must_be_independent(member_id: int, portfolio_id: int) -> None:
    """Raise Refused, in the member's words, unless the register lets the member assess the portfolio now."""
    must(pair_standing(member_id, portfolio_id).for_member())
