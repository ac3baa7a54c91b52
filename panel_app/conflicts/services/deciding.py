"""A coordinator's decision about a finding, kept with its reason."""

from panel_app import clock
from panel_app.conflicts.happenings import FindingDecided
from panel_app.conflicts.models import Finding, FindingDecision
from panel_app.conflicts.policy import ConflictAct, finding_facts
from panel_app.conflicts.rules import FINDING, FindingAct, FindingState, acts_for
from panel_app.conflicts.services.register import move
from panel_app.conflicts.services.roles import refresh_roles
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_

NOT_DECIDABLE = N_(
    "Nobody decides this finding away: it goes when its facts change. Correct the facts, if they are wrong."
)


def decide(actor: Actor, finding_key: str, act: FindingAct, reason: str) -> FindingState:
    """Dismiss a finding, let it stand, or open it again, with a reason. Returns where it stands then.

    Raises Refused (also for what bars by itself), NotFromHere from a state without that way, ReasonMissing.
    """
    with transaction() as db:
        row = locked(db, Finding, key=finding_key)
        must(can(actor, ConflictAct.DECIDE, finding_key))
        facts = finding_facts(finding_key)
        assert row is not None  # `can` has refused what isn't there
        assert facts is not None
        reason = FINDING.reason(act, reason)
        state = FINDING.after(act, row.state)
        if act not in acts_for(row.state, row.strength):
            raise Refused(NOT_DECIDABLE, moment=True)
        move(row, state, facts.round_id)
        if state is not FindingState.OPEN:
            row.decided_by_id, row.decided_at, row.decision_reason = actor.person_id, clock.now(), reason
        decision = FindingDecision(finding_id=row.id, act=act, reason=reason, author_id=actor.person_id, at=clock.now())
        db.add(decision)
        db.flush()
        _tell(actor, row, act, reason)
        refresh_roles(facts.round_id, {facts.person_id}, {facts.portfolio_id})
        return state


def _tell(actor: Actor, row: Finding, act: FindingAct, reason: str) -> None:
    what = FindingDecided(
        finding_id=row.id,
        member_id=row.member_id,
        portfolio_id=row.portfolio_id,
        act=act.value,
        state=row.state.value,
        reason=reason,
    )
    record(what, by=actor)
