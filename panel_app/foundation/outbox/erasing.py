"""Erasing a person from the outbox: their own messages lose address and words, those to others lose the name."""

import re
from collections.abc import Collection

from markupsafe import escape
from sqlalchemy import ColumnElement, func, or_, select

from panel_app.foundation.database import transaction
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.outbox.states import MESSAGE, MessageAct, MessageState
from panel_app.foundation.wording import is_distinct, pattern_of

ERASED = "(erased)"
WAITING = (MessageState.PENDING, MessageState.SENDING)


def forget_messages_of(person_id: int, addresses: Collection[str], names: Collection[str], label: str) -> None:
    """Empty a person's messages, and put `label` in place of names and addresses in those to others.

    The rows stay: when something was sent, of which kind, under which Message-ID. What waits for the person is
    cancelled. A name of one word may be a word of any sentence ("May"): it is replaced only in what has gone already.
    """
    with transaction() as db:
        for row in db.scalars(select(Notification).where(_belongs_to(person_id, addresses))):
            _empty(row)
        db.flush()
        words = [word for word in (*addresses, *names) if word.strip()]
        several = [word for word in words if is_distinct(word)]
        for row in db.scalars(select(Notification).where(or_(False, *(_mentions(word) for word in words)))):
            _rename(row, several if row.state in WAITING else words, label)
        db.flush()


def _belongs_to(person_id: int, addresses: Collection[str]) -> ColumnElement[bool]:
    lowered = [address.lower() for address in addresses]
    return or_(Notification.person_id == person_id, func.lower(Notification.recipient).in_(lowered))


def _mentions(word: str) -> ColumnElement[bool]:
    texts = Notification.subject, Notification.text, Notification.sender_name
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _empty(row: Notification) -> None:
    row.recipient = row.text = row.html = row.sender_name = ""
    row.subject, row.last_error = ERASED, None
    if row.state is MessageState.PENDING:
        row.state = MESSAGE.after(MessageAct.CANCEL, row.state)


def _rename(row: Notification, words: Collection[str], label: str) -> None:
    plain, marked = pattern_of(words), pattern_of([str(escape(word)) for word in words])
    row.subject = plain.sub(_literal(label), row.subject)
    row.text = plain.sub(_literal(label), row.text)
    row.sender_name = plain.sub(_literal(label), row.sender_name)
    row.html = marked.sub(_literal(str(escape(label))), row.html)


def _literal(text: str) -> str:
    return re.sub(r"\\", r"\\\\", text)
