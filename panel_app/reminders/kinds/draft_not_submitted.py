"""Portfolios that were begun and not submitted."""

from collections.abc import Iterator

from panel_app.foundation.words import N_
from panel_app.reminders.queries.waiting import drafts_open
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Waiting
from panel_app.reminders.rules.registry import reminder


@reminder("draft_not_submitted", N_("Drafts"), reads=drafts_open)
def draft_not_submitted(draft: Waiting, plan: Plan) -> Iterator[Occurrence]:
    """Reminds a candidate to submit a portfolio before its own deadline, and on the day."""
    yield from plan.before(draft)
    yield from plan.on_due(draft)
