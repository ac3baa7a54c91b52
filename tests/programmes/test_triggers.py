"""What the database itself refuses, tried with raw SQL."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import db
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import move_dates

pytestmark = pytest.mark.both_databases

NOTHING = "a published rubric is never changed"
PROMISE = "a published round keeps its promise"
NEW_LEVEL = "INSERT INTO level (criterion_id, points, label, descriptor) SELECT id, 5, 'x', 'y' FROM criterion"
NEW_PART = (
    "INSERT INTO rubric_part (rubric_id, code, position, title, assessors, is_blind) "
    "SELECT id, 'x', 9, 'x', 1, (1 = 1) FROM rubric"
)


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """A bare connection to a database with one published round whose release has moved."""
    made = a_round("CPAP-27A")
    move_dates(SYSTEM, made.key, {Which.RELEASE: "2027-06-01T10:00"}, "More time.")
    db.session.remove()
    with db.engine.connect() as open_connection:
        yield open_connection


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE rubric SET version = '9'", NOTHING),
        ("UPDATE rubric SET decision = '{}'", NOTHING),
        ("UPDATE rubric SET state = 'draft', published_at = NULL", NOTHING),
        ("DELETE FROM rubric", NOTHING),
        ("UPDATE rubric_part SET assessors = 9", NOTHING),
        ("DELETE FROM rubric_part", NOTHING),
        (NEW_PART, NOTHING),
        ("UPDATE criterion SET weight = 9", NOTHING),
        ("DELETE FROM criterion", NOTHING),
        ("UPDATE level SET descriptor = 'easier'", NOTHING),
        ("DELETE FROM level", NOTHING),
        (NEW_LEVEL, NOTHING),
        ("UPDATE domain SET title = 'x'", "a framework version is never changed"),
        ("DELETE FROM framework_criterion", "a framework version is never changed"),
        ("UPDATE framework SET name = 'x'", "a framework version is never changed"),
        ("UPDATE round SET promise = '{}'", PROMISE),
        ("UPDATE round SET promise_hash = 'x'", PROMISE),
        ("UPDATE round SET rubric_id = (SELECT max(id) FROM rubric)", PROMISE),
        ("UPDATE round SET zone = 'UTC'", PROMISE),
        ("UPDATE round SET code = 'X'", PROMISE),
        ("UPDATE round SET state = 'draft', promise = NULL, promise_hash = NULL", PROMISE),
        ("DELETE FROM round", PROMISE),
        ("UPDATE working_policy SET policy = '{}'", "working policies are only added to"),
        ("DELETE FROM working_policy", "working policies are only added to"),
        ("UPDATE date_move SET reason = 'x'", "moves of dates are only added to"),
        ("DELETE FROM date_move", "moves of dates are only added to"),
    ],
)
def test_database_refuses(connection: Connection, statement: str, says: str) -> None:
    with pytest.raises(DBAPIError, match=says):
        connection.execute(text(statement))


def test_ended_round_is_never_published_again(app: Flask) -> None:
    a_round(state="ended")
    db.session.remove()

    with db.engine.connect() as connection, pytest.raises(DBAPIError, match=PROMISE):
        connection.execute(text("UPDATE round SET state = 'published'"))


def test_draft_may_change_by_the_same_statements(app: Flask) -> None:
    """The positive: the triggers look at the state."""
    a_round(state="draft")
    db.session.remove()

    with db.engine.connect() as connection:
        for change in ("zone = 'UTC'", "code = 'X'", "draft_policy = '{}'"):
            assert connection.execute(text(f"UPDATE round SET {change}")).rowcount == 1
        assert connection.execute(text("DELETE FROM round")).rowcount == 1
