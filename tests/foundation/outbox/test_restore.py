"""Yesterday's copy of the data: nothing is sent anew, and people decide about what may have gone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from panel_app import clock
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import db, reading
from panel_app.foundation.outbox.acts import cancel, send_again
from panel_app.foundation.outbox.models import MessageState
from panel_app.foundation.outbox.restore import keeps_mark, notice_restore, read_mark
from panel_app.foundation.outbox.sending import claim_message, send_due
from panel_app.foundation.states import NotFromHere
from tests.support.databases import Databases, SqliteDatabases
from tests.support.outbox import a_message, mailer, message, states
from tests.support.smtp import Mailbox


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "kept" / ".outbox-mark"


def send(app: Flask, smtp: Mailbox, mark: Path) -> int:
    """What the scheduler does: look for a restore, then send."""
    notice_restore(mark)
    return send_due(mailer(app, smtp), delivered=keeps_mark(mark))


@contextmanager
def restored_afterwards(databases: Databases, tmp_path: Path) -> Iterator[None]:
    """What is done inside is lost from the database, as when an older copy is put back."""
    copy = tmp_path / "yesterday.db"
    assert isinstance(databases, SqliteDatabases)
    _copy(databases.path, copy)
    yield
    _copy(copy, databases.path)


def _copy(source: Path, target: Path) -> None:
    reading().rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    db.session.remove()
    db.engine.dispose()
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(source, target)


def test_what_may_have_gone_before_a_restore_is_held(
    app: Flask, smtp: Mailbox, mark: Path, databases: Databases, tmp_path: Path
) -> None:
    a_message()
    send(app, smtp, mark)
    gone, lost = a_message(), a_message()
    with restored_afterwards(databases, tmp_path):
        send(app, smtp, mark)
    fresh = a_message(due_in=timedelta(hours=1))

    with clock.pinned(clock.now() + timedelta(hours=1)):
        sent = send(app, smtp, mark)

    assert smtp.keys.count(gone) == smtp.keys.count(lost) == 1
    assert (sent, smtp.keys[-1]) == (1, fresh)
    assert [message(key).state for key in (gone, lost)] == [MessageState.PENDING, MessageState.PENDING]
    send_again(SYSTEM, lost)
    cancel(SYSTEM, gone)
    assert send(app, smtp, mark) == 1
    assert smtp.keys.count(lost) == 2
    assert smtp.keys.count(gone) == 1
    assert states() == ["sent", "cancelled", "sent", "sent"]


def test_a_claim_in_the_copy_is_void_and_its_message_is_held(
    app: Flask, smtp: Mailbox, mark: Path, databases: Databases, tmp_path: Path
) -> None:
    a_message()
    send(app, smtp, mark)
    claimed = a_message()
    claim_message()
    with restored_afterwards(databases, tmp_path):
        a_message()
        send(app, smtp, mark)

    assert send(app, smtp, mark) == 0
    assert (message(claimed).state, smtp.keys.count(claimed)) == (MessageState.PENDING, 0)


def test_nothing_is_held_without_a_restore(app: Flask, smtp: Mailbox, mark: Path) -> None:
    for _ in range(3):
        a_message()
        send(app, smtp, mark)

    known = read_mark(mark)
    assert known is not None
    assert (known.messages, states()) == (3, ["sent"] * 3)


def test_another_database_has_no_such_past(app: Flask, smtp: Mailbox, mark: Path, databases: Databases) -> None:
    a_message()
    send(app, smtp, mark)
    databases.renew()
    a_message()

    assert send(app, smtp, mark) == 1


def test_a_mark_that_can_not_be_read_holds_nothing(app: Flask, smtp: Mailbox, mark: Path) -> None:
    mark.parent.mkdir()
    mark.write_text("half of a")
    a_message()

    assert send(app, smtp, mark) == 1
    assert read_mark(mark) is not None


def test_an_ordinary_waiting_message_can_not_be_sent_again(app: Flask) -> None:
    key = a_message(due_in=timedelta(days=1))

    with pytest.raises(NotFromHere):
        send_again(SYSTEM, key)
