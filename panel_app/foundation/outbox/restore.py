"""Noticing that the data were restored from an older copy, so that nothing is sent anew.

The database counts the messages that went out; the same count, with the instant, stands in a file outside of it. When
the file knows of more than the database does, the database is an older copy of itself: what was due until the file's
instant may have gone already, and is held until someone decides. Another database has another name, and no such past.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import select, update

from panel_app import clock
from panel_app.foundation.database import Conflicted, reading, transaction
from panel_app.foundation.keys import new_key
from panel_app.foundation.outbox.models import Delivered, Notification
from panel_app.foundation.outbox.states import MESSAGE, MessageAct, MessageState

log = structlog.get_logger()


@dataclass(frozen=True)
class Known:
    """What the file says: which database, how many messages it had sent, and when (ISO, UTC)."""

    name: str
    messages: int
    at: str


def know_count() -> tuple[str, int]:
    """The database's name and its count of messages that went out; made at the first call."""
    try:
        with transaction() as db:
            row = db.scalars(select(Delivered)).one_or_none()
            if row is None:
                row = Delivered(id=1, name=new_key(), messages=0)
                db.add(row)
            return row.name, row.messages
    except Conflicted:  # another process made it just before
        return know_count()


def count_delivered() -> int:
    """Count one message more, in the act that marks it as sent."""
    with transaction() as db:
        one_more = update(Delivered).values(messages=Delivered.messages + 1).returning(Delivered.messages)
        return db.execute(one_more).scalar_one()


def notice_restore(mark: Path) -> bool:
    """Compare the database with the file; on an older copy hold what may have gone. Gives whether it was one."""
    name, messages = know_count()
    known = read_mark(mark)
    if known is None or known.name != name or known.messages <= messages:
        return False
    with transaction() as db:
        until = datetime.fromisoformat(known.at)
        db.execute(update(Delivered).values(messages=known.messages, restored_until=until))
        claimed = update(Notification).where(Notification.state == MessageState.SENDING)
        back = MESSAGE.after(MessageAct.PUT_BACK, MessageState.SENDING)
        db.execute(claimed.values(state=back, lease_until=None, claimed_by=None))
    log.warning("outbox_restored", missing=known.messages - messages, held_until=known.at)
    return True


def restored_until() -> datetime | None:
    """Until when messages may have gone before the data were restored; None where they never were. One statement."""
    return reading().scalar(select(Delivered.restored_until))


def read_mark(mark: Path) -> Known | None:
    """What the file says; None where there is none that can be read."""
    try:
        return Known(**json.loads(mark.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def keeps_mark(mark: Path) -> Callable[[int], None]:
    """A listener for `send_due`: writes each new count to the file, whole or not at all."""
    name, _ = know_count()

    def keep(messages: int) -> None:
        known = read_mark(mark)
        if known is None or known.name != name or known.messages < messages:
            _write(mark, Known(name, messages, clock.now().isoformat()))

    return keep


def _write(mark: Path, known: Known) -> None:
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = mark.with_name(f"{mark.name}.{os.getpid()}")
    with fresh.open("w") as file:
        json.dump(asdict(known), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(mark)
