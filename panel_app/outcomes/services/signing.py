"""What signers do with a proposal: sign it, strike a criterion from a refer, or send it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.services import close_unneeded
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.moderation.rules import EmptyRefer, without_struck
from panel_app.moderation.services import look_again
from panel_app.moderation.services.moving import Place, hold
from panel_app.outcomes.happenings import CriterionStruck, OutcomeSigned
from panel_app.outcomes.models import Outcome, OutcomeCriterion, Signature
from panel_app.outcomes.policy import OutcomeAct
from panel_app.outcomes.queries.facts import OutcomeStanding, outcome_standing
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.rules import OUTCOME, OutcomeStep, still_to_sign
from panel_app.outcomes.services.proposing import about, withdraw
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.portfolios.services import advance
from panel_app.programmes.models import Criterion

NOT_REFERRED = N_("This criterion isn't on the list of those to resubmit. Reload the page.")
LIST_CHANGED = N_(
    "This has changed since you opened the page. Read it as it is now, tick the statement again, and sign if you agree."
)
REASON_NEEDED = N_("Give a reason: it is kept with the outcome.")


@dataclass(frozen=True)
class Held:
    """A locked outcome with its facts, inside an open transaction."""

    db: Session
    outcome: Outcome
    facts: OutcomeStanding
    place: Place


@contextmanager
def holding(actor: Actor, act: OutcomeAct, key: str) -> Iterator[Held]:
    """One act on an outcome: its assessment's row locked, then its own, then the policy asked. Raises Refused."""
    with transaction() as db:
        facts = outcome_standing(key)
        if facts is None:
            raise Refused(NOT_FOUND)
        place, outcome = hold(db, facts.assessment_id), locked(db, Outcome, key=key)
        must(can(actor, act, key))
        fresh = outcome_standing(key)
        assert outcome is not None  # `can` has refused what isn't there
        assert fresh is not None
        yield Held(db, outcome, fresh, place)


def sign_off(actor: Actor, key: str, shown: str, remark: str = "") -> int:
    """Sign a proposal; gives how many signatures are still missing. Raises Refused.

    `shown`: the digest of what the signer read; a list that somebody changed since is shown again, not signed.
    With the last one it is signed off, and whoever was still asked to assess is told that it is no longer needed.
    """
    with holding(actor, OutcomeAct.SIGN, key) as held:
        assert actor.person_id is not None  # the policy asks for a role
        if shown != shown_now(key):
            raise Refused(LIST_CHANGED, moment=True)
        row = Signature(
            outcome_id=held.outcome.id, person_id=actor.person_id, signed_at=clock.now(), remark=remark.strip()
        )
        held.db.add(row)
        held.db.flush()
        missing = still_to_sign(held.facts.promise.signers_needed, held.facts.signed_by | {actor.person_id})
        if not missing:
            held.outcome.state = OUTCOME.after(OutcomeStep.SIGN_OFF, held.outcome.state)
            held.outcome.state_since = clock.now()
            held.db.flush()
            advance(held.place.assessment_id, AssessmentStep.SIGN_OFF, by=actor)
            close_unneeded(held.place.assessment_id, SYSTEM)
        signed = OutcomeSigned(**about(held.outcome, held.place), signature_id=row.id, missing=missing)
        record(signed, by=actor)
        return missing


def strike_criterion(actor: Actor, key: str, code: str, reason: str) -> None:
    """Strike a criterion from those to resubmit, with a reason, before anyone signed. Raises Refused.

    The last one can't be struck: a refer names at least one.
    """
    if not reason.strip():
        raise Refused(REASON_NEEDED, moment=True)
    with holding(actor, OutcomeAct.STRIKE, key) as held:
        rows = _referred(held.db, held.outcome.id)
        if code not in rows:
            raise Refused(NOT_REFERRED, moment=True)
        try:
            without_struck(rows, {code})
        except EmptyRefer as empty:
            raise Refused(empty.sentence.template, moment=True) from empty
        rows[code].struck_by_id, rows[code].struck_reason = actor.person_id, reason.strip()
        held.db.flush()
        criterion_id = rows[code].criterion_id
        struck = CriterionStruck(**about(held.outcome, held.place), criterion_id=criterion_id, reason=reason.strip())
        record(struck, by=actor)


def _referred(db: Session, outcome_id: int) -> dict[str, OutcomeCriterion]:
    """Code → row of the criteria to resubmit that nobody struck."""
    query = select(Criterion.code, OutcomeCriterion).join(Criterion, Criterion.id == OutcomeCriterion.criterion_id)
    query = query.where(OutcomeCriterion.outcome_id == outcome_id, OutcomeCriterion.is_referred)
    rows = db.execute(query.where(OutcomeCriterion.struck_by_id.is_(None)).order_by(Criterion.position, Criterion.id))
    return {code: row for code, row in rows}  # noqa: C416  a result is no iterable of pairs to mypy


def send_back(actor: Actor, key: str, reason: str) -> None:
    """Drop a proposal that is not released, with a reason, and give the assessment back to the moderator.

    Raises Refused or ReasonMissing.
    """
    with holding(actor, OutcomeAct.SEND_BACK, key) as held:
        reason = OUTCOME.reason(OutcomeStep.SEND_BACK, reason)
        withdraw(held.place.assessment_id, OutcomeStep.SEND_BACK, reason, by=actor)
        look_again(held.place.assessment_id, reason, f"sent_back:{held.outcome.number}", by=actor)
