"""Which occurrences were made, and what a message carries."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.reminders.models import ReminderOccurrence

Identity = tuple[str, str, int, str]


@dataclass(frozen=True)
class Carried:
    """An occurrence that a message carries."""

    id: int
    rule: str
    subject: str
    person_id: int
    occurrence: str

    @property
    def identity(self) -> Identity:
        """What is unique in the table."""
        return self.rule, self.subject, self.person_id, self.occurrence


def made_in(round_id: int) -> frozenset[Identity]:
    """Every occurrence that was made in a round. One statement."""
    row = ReminderOccurrence
    query = select(row.rule, row.subject, row.person_id, row.occurrence).where(row.round_id == round_id)
    return frozenset(
        (rule, subject, person, occurrence) for rule, subject, person, occurrence in reading().execute(query)
    )


def carried_by(message_id: int) -> list[Carried]:
    """What one message carries. One statement."""
    row = ReminderOccurrence
    columns = (row.id, row.rule, row.subject, row.person_id, row.occurrence)
    return [
        Carried(*values)
        for values in reading().execute(select(*columns).where(row.notification_id == message_id).order_by(row.id))
    ]
