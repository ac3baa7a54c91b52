"""Offers that nobody has answered."""

from collections.abc import Iterator

from panel_app.foundation.words import N_
from panel_app.reminders.queries.waiting import offers_unanswered
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Waiting
from panel_app.reminders.rules.registry import reminder


@reminder("offer_unanswered", N_("Offers"), reads=offers_unanswered)
def offer_unanswered(offer: Waiting, plan: Plan) -> Iterator[Occurrence]:
    """Reminds a panel member to answer an offer before its time runs out, and on the last day.

    Only offers whose message was delivered count.
    """
    yield from plan.before(offer)
    yield from plan.on_due(offer)
