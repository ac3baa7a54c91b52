"""What a played round stands on: browsers, mails that arrive, a scheduler that is woken, time that passes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from playwright.sync_api import Browser, BrowserContext, Page, expect

from panel_app import clock, create_app
from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.demo.builders.programmes import the_programmes
from panel_app.foundation.database import db
from panel_app.foundation.jobs.scheduler import one_pass
from tests.conftest import START
from tests.support.browsers import PATIENCE, axe_findings
from tests.support.databases import SqliteDatabases, settings_for
from tests.support.server import Server, free_port, running_from
from tests.support.smtp import Mailbox, body, settings_of

PASSWORD = "correct horse battery staple"
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/\S+)")


@dataclass
class Theatre:
    """The running installation, and what its people see."""

    server: Server
    browser: Browser
    mailbox: Mailbox
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def window(self, email: str | None = None, width: int = 1280) -> Page:
        """A browser of one's own; with an address, signed in by the form."""
        context = self.browser.new_context(base_url=self.server.address, viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self.complaints.append(said.text) if "Content Security" in said.text else None)
        if email:
            page.goto("/sign-in")
            page.get_by_label("Email address").fill(email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page).to_have_url(re.compile("/today$"))
        return page

    def wake_scheduler(self) -> None:
        """Everything that is due now: jobs, reminders, releases, mail."""
        with self.server.app.app_context():
            one_pass()
            one_pass()
            db.session.remove()

    def link_for(self, email: str) -> str:
        """The link in the newest mail to an address."""
        self.wake_scheduler()
        found = LINK.search(body(self.mailbox.to(email)[-1]))
        assert found is not None
        return found[1]

    def set_time(self, instant: datetime) -> None:
        """Let the clock go on from `instant`, and the scheduler find what has become due."""
        clock.start_at(instant)
        self.wake_scheduler()

    def look(self, page: Page) -> None:
        """What each page of the flow must be: nothing for axe to find, no scrolling sideways, on a phone too."""
        size = page.viewport_size
        findings = [f"{page.url} {finding}" for finding in axe_findings(page)]
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            findings += [f"{page.url} scrolls sideways by {wide} at {width}"] if wide > 0 else []
        if size is not None:
            page.set_viewport_size(size)
        assert findings == []


@contextmanager
def open_theatre(databases: SqliteDatabases, browser: Browser, smtp: Mailbox) -> Iterator[Theatre]:
    """Serve the worker's database on a free port, with mail going to `smtp` and the clock running from START."""
    port = free_port()
    app = create_app(
        settings_for(
            f"sqlite:///{databases.path}", databases.folder, BASE_URL=f"http://127.0.0.1:{port}", **settings_of(smtp)
        )
    )
    server = Server(f"http://127.0.0.1:{port}", app, port)
    with running_from(START):
        with app.app_context():
            the_programmes()
            an_admin("Admin Alder", "admin@example.org", password=PASSWORD)
            for name in ("moderator", "signer-one", "signer-two", "coordinator"):
                a_person(f"{name.title()} Birch", f"{name}@example.org", password=PASSWORD)
            db.session.remove()
        server.start()
        theatre = Theatre(server, browser, smtp)
        try:
            yield theatre
        finally:
            for context in theatre.contexts:
                context.close()
            server.stop()
    assert theatre.complaints == []
