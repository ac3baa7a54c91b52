"""What the scheduler wakes: writing the reminders that are due."""

from panel_app.foundation.jobs.recurring import recurring
from panel_app.reminders import services


@recurring("reminders.make", every_seconds=60)
def make_due() -> int:
    """Writes the reminders that are due and were not written yet."""
    return services.make_due()
