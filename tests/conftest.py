"""Fixtures that every test may use. A test that touches no fixture gets no app and no database."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from hypothesis import settings

from panel_app import clock
from panel_app.accounts.services import begin_sign_in
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import db
from tests.support.databases import MEMORY, Databases, PostgresDatabases, SqliteDatabases, postgres_server
from tests.support.demo_round import keep_demo, shared_folder
from tests.support.kept import Kept
from tests.support.pages import Visitor
from tests.support.smtp import Mailbox, smtp_server
from tests.support.statements import Statements, statements

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("house", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("house")

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what is imported by now and stays: it would be looked through again and again."""
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked `both_databases` on SQLite and on PostgreSQL."""
    if metafunc.definition.get_closest_marker("both_databases") and "dialect" in metafunc.fixturenames:
        both = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
        metafunc.parametrize("dialect", both, indirect=True, scope="session")


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in memory-backed storage for this worker."""
    folder = Path(mkdtemp(prefix="panel-test-", dir=MEMORY))
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="session")
def sqlite_databases(memory: Path) -> Iterator[SqliteDatabases]:
    databases = SqliteDatabases(memory)
    databases.app.extensions["kept"] = Kept(databases)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def postgres_uri() -> Iterator[str]:
    with postgres_server() as uri:
        yield uri


@pytest.fixture(scope="session")
def postgres_databases(memory: Path, postgres_uri: str) -> Iterator[PostgresDatabases]:
    databases = PostgresDatabases(memory, postgres_uri)
    databases.app.extensions["kept"] = Kept(databases)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def dialect(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def databases(request: pytest.FixtureRequest, dialect: str) -> Databases:
    """The worker's databases of this test's dialect."""
    found: Databases = request.getfixturevalue(
        f"{dialect.removesuffix('ql')}_databases" if dialect != "sqlite" else "sqlite_databases"
    )
    return found


@pytest.fixture
def app(databases: Databases) -> Iterator[Flask]:
    """The application on an empty database, in an application context, with the clock at START."""
    databases.renew()
    with clock.pinned(START), databases.app.app_context():
        yield databases.app
        db.session.remove()


@pytest.fixture
def visit(app: Flask) -> Callable[[Actor | None], Visitor]:
    """`visit(actor)`: a browser in which this person has signed in; `visit(None)`: a guest's."""

    def open_browser(who: Actor | None = None) -> Visitor:
        if who is None or who.person_id is None:
            return Visitor(app)
        return Visitor(app, begin_sign_in(who.person_id, agent="test", confirmed=True))

    return open_browser


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Debian's Chromium, one per worker."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  slow, and few tests need it

    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield browser
        browser.close()


@pytest.fixture
def count_statements() -> Callable[[], AbstractContextManager[Statements]]:
    return statements


@pytest.fixture
def smtp() -> Iterator[Mailbox]:
    """A mail server on a free port, with what it took."""
    with smtp_server() as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def demo_kept(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The demo round as it stands at START, kept as the content `demo`: a minute for the first who asks."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    with clock.pinned(START):
        keep_demo(sqlite_databases, shared_folder(tmp_path_factory.getbasetemp(), worker))


@pytest.fixture
def demo_round(demo_kept: None, sqlite_databases: SqliteDatabases) -> Iterator[Flask]:
    """The application on a copy of the demo round, in an application context, with the clock at START."""
    sqlite_databases.renew("demo")
    with clock.pinned(START), sqlite_databases.app.app_context():
        yield sqlite_databases.app
        db.session.remove()
