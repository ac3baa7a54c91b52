"""A whole installation for one played round: web on a real port, a mail server, people with browsers, a clock."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.flow.stage import Theatre, open_theatre
from tests.support.databases import SqliteDatabases
from tests.support.smtp import Mailbox


@pytest.fixture
def theatre(sqlite_databases: SqliteDatabases, chromium: Browser, smtp: Mailbox) -> Iterator[Theatre]:
    sqlite_databases.renew()
    with open_theatre(sqlite_databases, chromium, smtp) as opened:
        yield opened
