"""Migrations make the whole schema: up, down and up again with rows in it, on both databases, triggers included."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, func, inspect, select

from panel_app.config import top_folder
from panel_app.foundation import schema, sql_triggers
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import db
from tests.matrix.world import build
from tests.support.databases import let_go

pytestmark = pytest.mark.both_databases
FOLDER = str(top_folder("migrations"))


def revisions() -> list[str]:
    """Every step, the last one first."""
    scripts = ScriptDirectory(FOLDER)
    return [step.revision for step in scripts.walk_revisions()]


def counts() -> dict[str, int]:
    """Table → rows, of every table that is there."""
    let_go()
    with db.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        tables = [table for table in schema.metadata().sorted_tables if table.name in there]
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def tables() -> dict[str, list[str]]:
    """Table → the names of its checks, by the models."""
    return {
        table.name: sorted(str(each.name) for each in table.constraints if isinstance(each, CheckConstraint))
        for table in schema.metadata().sorted_tables
    }


def triggers() -> set[str]:
    let_go()
    with db.engine.connect() as connection:
        return {name for name, _ in sql_triggers.existing(connection)}


def declared(tables: set[str]) -> set[str]:
    return {name for name, trigger in sql_triggers.TRIGGERS.items() if trigger.table in tables}


@pytest.fixture
def filled(app: Flask) -> Iterator[dict[str, int]]:
    """A round in its middle, written through the services into a schema that the migrations made."""
    build()
    yield counts()
    let_go()
    upgrade(FOLDER)


def test_schema_of_the_migrations_is_that_of_the_models(app: Flask) -> None:
    let_go()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differing = compare_metadata(context, schema.metadata())

    assert differing == []


def test_each_check_of_the_models_stands_once(app: Flask) -> None:
    let_go()
    with db.engine.connect() as connection:
        found = inspect(connection)
        made = {table: sorted(str(each["name"]) for each in found.get_check_constraints(table)) for table in tables()}

    assert made == tables()


def test_every_declared_trigger_is_there(app: Flask) -> None:
    assert triggers() == declared(set(schema.metadata().tables))


def test_each_step_down_and_up_again_keeps_every_other_row(filled: dict[str, int]) -> None:
    let_go()
    left = filled
    for step in range(1, len(revisions())):
        downgrade(FOLDER, revision=revisions()[step])
        left = counts()
        assert {name: number for name, number in filled.items() if name in left} == left
        assert triggers() == declared(set(left))

    upgrade(FOLDER)

    kept = {name: number for name, number in counts().items() if name in left}
    assert kept == left
    assert triggers() == declared(set(schema.metadata().tables))


def test_last_step_down_and_up_keeps_what_holds(filled: dict[str, int]) -> None:
    let_go()
    downgrade(FOLDER)
    upgrade(FOLDER)

    assert list(findings()) == []
    assert list(invariant.run()) == []
    assert sum(filled.values()) > 300


def test_steps_are_numbered_and_import_nothing_of_the_app(app: Flask) -> None:
    scripts = ScriptDirectory(FOLDER)
    steps = list(scripts.walk_revisions())

    assert [step.revision for step in reversed(steps)] == [f"{number:04d}" for number in range(1, len(steps) + 1)]
    assert [step.path for step in steps if "panel_app" in Path(step.path).read_text()] == []
