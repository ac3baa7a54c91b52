"""Outcomes that wait for a signature."""

from collections.abc import Iterator

from panel_app.foundation.words import N_
from panel_app.reminders.queries.signatures import signatures_awaited
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Waiting
from panel_app.reminders.rules.registry import reminder


@reminder("signature_due", N_("Signatures"), reads=signatures_awaited)
def signature_due(outcome: Waiting, plan: Plan) -> Iterator[Occurrence]:
    """Reminds a signer of a proposed outcome before its date, on the day, and while it is overdue; then tells the
    coordinators.

    An outcome waits on several signers; a coordinator is told of it once, by the row that names them all.
    """
    yield from plan.before(outcome)
    yield from plan.on_due(outcome)
    yield from plan.overdue(outcome)
    if outcome.all_late:
        yield from plan.escalated(outcome)
