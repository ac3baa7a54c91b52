"""Use cases of reminders: making what is due, what will come, sending again."""

from panel_app.reminders.services.coming import MOST, Coming, coming
from panel_app.reminders.services.making import last_look, make_due
from panel_app.reminders.services.messages import resend, withhold

__all__ = ["MOST", "Coming", "coming", "last_look", "make_due", "resend", "withhold"]
