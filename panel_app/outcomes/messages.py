"""Mail to candidates at the release, made from what then holds; its subject and text never carry the result."""

from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.foundation.outbox.post import post
from panel_app.outcomes.happenings import OutcomeReleased
from panel_app.portfolios.queries.people import owner_of
from panel_app.programmes.queries import promised, round_by_id


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
