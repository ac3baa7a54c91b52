"""What the outbox holds, read as the person with the mailbox would."""

import re

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification


def mails(address: str | None = None) -> list[Notification]:
    """The messages to an address (or all), the newest last."""
    reading().rollback()
    found = select(Notification).order_by(Notification.id)
    return [row for row in reading().scalars(found) if address in (None, row.recipient)]


def link_in(mail: Notification) -> str:
    """The path of the one link in a mail's text."""
    (found,) = re.findall(r"http://localhost(/\S+)", mail.text)
    return str(found)
