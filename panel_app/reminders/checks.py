"""What must hold of reminders (`panel check`)."""

from collections.abc import Iterator

from sqlalchemy import or_, select

from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.reminders.models import ReminderOccurrence


@invariant("reminders.carried")
def carried() -> Iterator[str]:
    """Each reminder is carried by a message to the same person, in the same round."""
    row = ReminderOccurrence
    query = select(row.id).join(Notification, Notification.id == row.notification_id)
    elsewhere = or_(Notification.person_id != row.person_id, Notification.round_id != row.round_id)
    for number in reading().scalars(query.where(elsewhere).order_by(row.id)):
        yield f"reminder {number} is carried by a message to someone else"
