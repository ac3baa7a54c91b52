"""Fixtures for tests with a browser: import them into a conftest. A worker has one Chromium: see tests/conftest.py."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from panel_app.foundation.actors import Actor
from tests.conftest import START
from tests.support.databases import SqliteDatabases
from tests.support.server import Server, an_application, free_port, running_from

Window = Callable[..., Page]
PATIENCE = 25_000
"""Milliseconds that a page may take: a busy machine is no fault of the page's, and waiting ends when it has come."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def served_app(sqlite_databases: SqliteDatabases) -> Server:
    """The application for this worker's port."""
    port = free_port()
    return Server(f"http://127.0.0.1:{port}", an_application(sqlite_databases, port), port)


@pytest.fixture
def server(app: Flask, served_app: Server) -> Iterator[Server]:
    """The application on a real port, on this test's database; its clock starts at START."""
    with running_from(START):
        served_app.start()
        yield served_app
        served_app.stop()


@pytest.fixture
def window(chromium: Browser, server: Server) -> Iterator[Window]:
    """`window(actor, width=…, height=…, scheme="dark")`: a window in which this person has signed in.

    What a page complains about fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(who: Actor | None = None, *, width: int = 1280, height: int = 860, scheme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=server.address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        context.set_default_timeout(PATIENCE)
        if who is not None:
            context.add_cookies([server.cookie(who)])  # type: ignore[list-item]  # the three keys that it needs
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong on a page: rule and place."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]
