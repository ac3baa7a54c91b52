"""Score sheets that are awaited."""

from collections.abc import Iterator

from panel_app.foundation.words import N_
from panel_app.reminders.queries.waiting import sheets_awaited
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Waiting, all_times
from panel_app.reminders.rules.registry import reminder


@reminder("score_sheet_due", N_("Score sheets"), reads=sheets_awaited)
def score_sheet_due(sheet: Waiting, plan: Plan) -> Iterator[Occurrence]:
    """Reminds an assessor of a score sheet before it is due, on the day, and while it is overdue; then tells the
    coordinators.
    """
    yield from all_times(plan, sheet)
