"""Mail about outcomes, made from what then holds; no subject and no text ever carries a result.

Candidates get one at the release, signers one for what was proposed in the same minutes.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.foundation.jobs.queue import enqueue, job
from panel_app.foundation.outbox.post import post, recipient_of
from panel_app.foundation.times import shown
from panel_app.outcomes.happenings import OutcomeProposed, OutcomeReleased
from panel_app.outcomes.queries.signers import Window, proposed_within, signers_of
from panel_app.portfolios.queries.people import owner_of
from panel_app.programmes.queries import promised, round_by_id

TELL_SIGNERS = "outcomes.tell_signers"
COLLECTED = timedelta(minutes=10)
"""What is proposed in a round within this time stands in one message to a signer."""
SETTLED = timedelta(minutes=1)
"""So long after it the message is written: acts that began before its end have ended by then."""


@on(OutcomeReleased)
def tell_candidate(happened: OutcomeReleased, by: Actor) -> None:
    """One message per released outcome, in the transaction that releases it."""
    owner, round_ = owner_of(happened.portfolio_id), round_by_id(happened.round_id)
    post(
        f"outcomes:released:{happened.outcome_id}",
        "outcomes/released",
        owner.person_id,
        round_id=round_.id,
        subject_key=owner.portfolio_key,
        reference=owner.reference,
        round_title=round_.title,
        appeal_days=promised(round_.id).appeal_days,
        portfolio_key=owner.portfolio_key,
    )


@on(OutcomeProposed)
def collect_for_signers(happened: OutcomeProposed, by: Actor) -> None:
    """The first proposal of some minutes leaves the work of telling the signers; later ones join it."""
    length = COLLECTED.total_seconds()
    since = datetime.fromtimestamp(clock.now().timestamp() // length * length, UTC)
    payload = {"round_id": happened.round_id, "since": since.isoformat()}
    occasion = f"outcomes:tell_signers:{happened.round_id}:{since.isoformat()}"
    enqueue(TELL_SIGNERS, occasion, payload, since + COLLECTED + SETTLED)


@job(TELL_SIGNERS)
def tell_signers(payload: dict[str, Any]) -> None:
    """One message to each signer about what was proposed in those minutes and waits for them, if anything does."""
    since, round_ = datetime.fromisoformat(payload["since"]), round_by_id(payload["round_id"])
    for person_id in signers_of(round_.id):
        waiting = proposed_within(actor_of(person_id), round_.id, Window(since, since + COLLECTED))
        if not waiting:
            continue
        to = recipient_of(person_id)
        zone = to.zone if to else None
        post(
            f"outcomes:to_sign:{round_.id}:{since.isoformat()}:{person_id}",
            "outcomes/to_sign",
            person_id,
            round_id=round_.id,
            subject_key=waiting[0].key if len(waiting) == 1 else None,
            round_title=round_.title,
            rows=[(each, shown(each.sign_off_by, each.zone, zone, clock.now())) for each in waiting],
        )
