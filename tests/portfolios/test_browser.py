"""The behaviours of a candidate's pages in Chromium, against the real application."""

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import session
from playwright.sync_api import Browser, BrowserContext, FilePayload, expect
from werkzeug.serving import make_server

from panel_app import clock, create_app
from panel_app.accounts.services import begin_sign_in
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from tests.support.browsers import PATIENCE
from tests.support.databases import make_schema, settings_for
from tests.support.server import Quiet, letting_go

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Desk:
    """A candidate's browser and the address of their draft."""

    context: BrowserContext
    portfolio: str


@pytest.fixture
def desk(tmp_path: Path, chromium: Browser) -> Iterator[Desk]:
    tmp_path.chmod(0o700)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    app = create_app(settings_for(f"sqlite:///{tmp_path}/panel.db", tmp_path, BASE_URL=base))
    make_schema(app)
    with app.app_context(), clock.pinned(clock.running()):
        built = a_portfolio(a_round(), submitted=False, evidence=[])
        token = begin_sign_in(built.candidate.person_id or 0)
    with app.test_request_context():
        session["sign_in"] = token
        cookie = app.session_interface.get_signing_serializer(app).dumps(dict(session))  # type: ignore[attr-defined]
    server = make_server("127.0.0.1", port, letting_go(app), threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    context = chromium.new_context(base_url=base)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": cookie, "url": base}])
    yield Desk(context, f"/portfolios/{built.key}")
    context.close()
    server.shutdown()
    server.server_close()


def test_a_section_is_saved_as_typed_and_a_newer_text_elsewhere_is_shown(desk: Desk) -> None:
    address = f"{desk.portfolio}/sections/reflection"
    first, second = desk.context.new_page(), desk.context.new_page()
    first.goto(address)
    second.goto(address)

    second.fill("textarea", "From the second page")
    expect(second.locator("[data-saved]")).to_have_text(re.compile("^Saved ..:..$"))
    first.fill("textarea", "From the first page")
    expect(first.locator("[data-newer-text]")).to_have_text("From the second page")
    first.get_by_role("button", name="Keep mine and save it").click()
    expect(first.locator("[data-newer]")).to_be_hidden()
    expect(first.locator("[data-saved]")).to_have_text(re.compile("^Saved ..:..$"))

    second.reload()
    expect(second.locator("textarea")).to_have_value("From the first page")


def test_files_go_up_one_by_one_and_a_refused_one_keeps_the_others(desk: Desk) -> None:
    page = desk.context.new_page()
    page.goto(f"{desk.portfolio}/files")
    files = {"Überblick – план.txt": b"Notes of the review.", "empty.txt": b"", "more.txt": b"More notes of it."}

    chosen: list[FilePayload] = [{"name": n, "mimeType": "text/plain", "buffer": b} for n, b in files.items()]
    page.wait_for_selector("html[data-ready=all]")  # without scripts the form takes one file
    page.set_input_files("input[type=file]", chosen)
    page.get_by_role("button", name="Send").click()

    lines = page.locator("[data-uploads] li")
    expect(lines.nth(0)).to_contain_text("Überblick – план.txt is here.")
    expect(lines.nth(1)).to_contain_text("Error: empty.txt: This file is empty.")
    expect(lines.nth(2)).to_contain_text("more.txt is here.")
    expect(lines.get_by_role("link")).to_have_text(["Say what Überblick – план.txt shows", "Say what more.txt shows"])
    page.goto(desk.portfolio)
    expect(page.locator(".piece-name")).to_have_text([re.compile("Überblick – план.txt"), re.compile("more.txt")])
