"""The outbox as rows to look at: for the command, in the order in which the messages were written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.outbox.sending import held_after_restore
from panel_app.foundation.outbox.states import MessageState

PAGE = 500


@dataclass(frozen=True)
class OutboxRow:
    """One message without its words. `held`: it waits for someone's decision after a restore."""

    key: str
    message_id: str
    kind: str
    recipient: str
    state: MessageState
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    resent: int
    held: bool


def every_message() -> Iterator[OutboxRow]:
    """Every message, the oldest first; a statement for each 500."""
    last = 0
    row = Notification
    columns = (row.key, row.message_id, row.kind, row.recipient, row.state, row.due_at, row.sent_at, row.attempts)
    while True:
        page = select(row.id, *columns, row.resent, held_after_restore()).where(row.id > last)
        found = reading().execute(page.order_by(row.id).limit(PAGE)).all()
        for number, *values in found:
            yield OutboxRow(*values)
            last = number
        if len(found) < PAGE:
            return
