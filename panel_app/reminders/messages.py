"""The last look at a reminder before it is sent."""

from panel_app.foundation.outbox.wanted import Verdict, Waiting, still_wanted
from panel_app.reminders import services
from panel_app.reminders.services.wording import KIND


@still_wanted(KIND)
def is_still_wanted(message: Waiting) -> Verdict:
    """Whether what it reminds of is still to be done, by its reader, by the same deadline."""
    return services.last_look(message.id, message.round_id, message.occasion)
