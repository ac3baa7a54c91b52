"""What comes by itself: the last grace of an assessment's sheets ends, and what was found wakes."""

from typing import Any

from panel_app.foundation.jobs.queue import job
from panel_app.moderation.services.looking import look
from panel_app.moderation.services.sleeping import WAKE


@job(WAKE)
def wake(payload: dict[str, Any]) -> None:
    """Look at the assessment again; a second time nothing is new. While a later grace runs it waits for that one."""
    look(payload["assessment_id"])
