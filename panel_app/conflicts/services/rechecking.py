"""A coordinator has a whole round examined anew."""

from panel_app.conflicts.happenings import RoundChecked
from panel_app.conflicts.policy import ConflictAct, RoundPolicyFacts, round_facts
from panel_app.conflicts.services.register import check_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import can, must


def recheck(actor: Actor, round_key: str) -> None:
    """Examine every pair of a round anew. Raises Refused."""
    with transaction():
        must(can(actor, ConflictAct.RECHECK, round_key))
        facts: RoundPolicyFacts | None = round_facts(round_key)
        assert facts is not None  # `can` has refused what isn't there
        record(RoundChecked(round_id=facts.id), by=actor)
        check_round(facts.id)
