"""The audit chain: every act leaves rows, and no change to them goes unseen."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from panel_app.foundation import sql_triggers
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.audit.chain import COLUMNS
from panel_app.foundation.audit.checkpoint import UnreadableCheckpoint, checkpoint, differs_from
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.database import db, reading, transaction
from panel_app.foundation.happenings import Happening, record

pytestmark = pytest.mark.both_databases
SECRET = "a secret of thirty-two letters, no less"


@dataclass(frozen=True, kw_only=True)
class KettleFilled(Happening):
    """Somebody filled the kettle."""

    tag: ClassVar[str] = "tests:kettle:filled"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    litres: int
    reason: str = ""


def fill(times: int) -> None:
    for litres in range(times):
        with transaction():
            record(KettleFilled(litres=litres, reason="tea"), by=SYSTEM)


def tamper(statement: str) -> None:
    """Change rows as someone with the database in hand would: triggers off first."""
    reading().rollback()
    with db.engine.begin() as connection:
        sql_triggers.drop_all(connection)
        connection.execute(text(statement))


def test_chain_of_many_acts_is_whole(app: Flask) -> None:
    fill(5)

    assert list(findings()) == []
    assert reading().execute(text("SELECT max(number) FROM audit_event")).scalar() == 5


def test_several_happenings_of_one_act_follow_each_other(app: Flask) -> None:
    with transaction():
        record(KettleFilled(litres=1), by=SYSTEM)
        record(KettleFilled(litres=2), by=SYSTEM)

    assert list(findings()) == []


def test_act_that_fails_leaves_no_row(app: Flask) -> None:
    def spoilt_act() -> None:
        with transaction():
            record(KettleFilled(litres=1), by=SYSTEM)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        spoilt_act()

    assert reading().execute(text("SELECT count(*) FROM audit_event")).scalar() == 0


VALUES = {"at": "'2020-01-01'", "by_kind": "'guest'", "by_person_id": "77"}


@pytest.mark.parametrize("column", [name for name in [*COLUMNS, "chain"] if name != "number"])
def test_changed_column_is_named_with_its_row(app: Flask, column: str) -> None:
    fill(4)

    tamper(f"UPDATE audit_event SET {column} = {VALUES.get(column, repr('e' * 64))} WHERE number = 3")

    assert [finding for finding in findings() if finding.startswith("row 3:")] != []


TAMPERINGS = {
    "renumbered": ("DELETE FROM audit_private", "UPDATE audit_event SET number = 9 WHERE number = 4"),
    "removed": ("DELETE FROM audit_private", "DELETE FROM audit_event WHERE number = 3"),
    "cut off": ("DELETE FROM audit_private", "DELETE FROM audit_event WHERE number = 4"),
    "put in": (
        "INSERT INTO audit_event SELECT 5, at, tag, by_kind, by_person_id, facts, private_hash, previous, "
        "'x' || substr(chain, 2) FROM audit_event WHERE number = 4",
    ),
    "moved": (
        "DELETE FROM audit_private",
        "UPDATE audit_event SET number = 99 WHERE number = 2",
        "UPDATE audit_event SET number = 2 WHERE number = 3",
        "UPDATE audit_event SET number = 3 WHERE number = 99",
    ),
    "private words changed": ("UPDATE audit_private SET words = '{}' WHERE number = 2",),
    "head set back": ("UPDATE audit_head SET number = 3",),
    "head removed": ("DELETE FROM audit_head",),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found(app: Flask, how: str) -> None:
    fill(4)
    assert list(findings()) == []

    for statement in TAMPERINGS[how]:
        tamper(statement)

    assert [finding for finding in findings() if finding.startswith("row ")] != []


def test_erased_private_words_leave_the_chain_whole(app: Flask) -> None:
    fill(2)

    tamper("DELETE FROM audit_private WHERE number = 1")

    assert list(findings()) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET tag = 'x'", "DELETE FROM audit_event"])
def test_database_itself_refuses_a_change(app: Flask, statement: str) -> None:
    fill(1)

    with db.engine.connect() as connection, pytest.raises(DatabaseError, match="audit rows are never changed"):
        connection.execute(text(statement))


def test_newer_copy_passes_an_older_checkpoint(app: Flask) -> None:
    fill(2)
    kept = checkpoint(SECRET)
    fill(2)

    assert differs_from(kept, SECRET) is None


def test_older_copy_fails_a_newer_checkpoint(app: Flask) -> None:
    fill(3)
    kept = checkpoint(SECRET)
    tamper("DELETE FROM audit_private")
    tamper("DELETE FROM audit_event WHERE number = 3")

    assert differs_from(kept, SECRET) == (
        "row 3: the checkpoint saw it, this database does not hold it (an older copy, or its end was cut)"
    )


def test_forged_checkpoint_is_refused(app: Flask) -> None:
    fill(1)
    kept = checkpoint("another secret of thirty-two letters")

    with pytest.raises(UnreadableCheckpoint):
        differs_from(kept, SECRET)
