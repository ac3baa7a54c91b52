"""Runs migrations on SQLite and PostgreSQL: one at a time, foreign keys off on SQLite, triggers made anew."""

import sqlite3
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.types import TypeDecorator, TypeEngine

from panel_app.foundation import schema, sql_triggers

LOCK = 5_270_610
target = schema.metadata()


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Print our own column types as plain SQLAlchemy ones: a migration imports nothing of the app."""
    if kind == "type" and isinstance(item, TypeDecorator):
        plain: TypeEngine[Any] = item.impl if isinstance(item.impl, TypeEngine) else item.impl_instance
        return f"sa.{plain!r}"
    return False


def run() -> None:
    """Upgrade or downgrade inside one transaction per step."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        _prepare(connection)
        context.configure(
            connection=connection,
            target_metadata=target,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
            on_version_apply=_after_step,
        )
        with context.begin_transaction():
            context.run_migrations()
        _finish(connection)


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
    else:
        _foreign_keys(connection, on=False)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """A pragma that SQLite hears only outside a transaction; a batch on a parent would empty its children otherwise."""
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _after_step(**step: Any) -> None:
    sql_triggers.make_all(step["ctx"].connection)


def _finish(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        connection.commit()
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    connection.rollback()
    _foreign_keys(connection, on=True)
    if broken:
        raise RuntimeError(f"rows without their parent after the migration: {broken[:5]}")


run()
