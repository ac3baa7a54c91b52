"""The demo's mailbox and its page."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask

from panel_app import clock, create_app
from panel_app.demo.mail_views import Piece, with_links
from panel_app.demo.mailbox import FolderCarrier, keep, names, read, serve
from panel_app.foundation.mail import Letter, Mailer, Said, composed
from tests.conftest import START
from tests.support.databases import make_schema, settings_for
from tests.support.pages import Visitor
from tests.support.smtp import wait_for

LETTER = Letter(
    "k" * 26,
    "<k@example.org>",
    "ina@example.org",
    "Spring round",
    "Confirm <b>your</b> address",
    "Confirm:\nhttp://localhost/confirm/abc?x=1.\nElsewhere: http://h.example/x <b>now</b>\n",
    "<p>Confirm</p>",
)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Flask]:
    settings = replace(settings_for(f"sqlite:///{tmp_path / 'demo.db'}", tmp_path), panel_env="demo")
    app = create_app(settings)
    make_schema(app)
    with clock.pinned(START), app.app_context():
        yield app


_seconds = count()


def a_mail(app: Flask, folder: Path, letter: Letter = LETTER) -> str:
    return keep(
        folder,
        composed(letter, app.config["SETTINGS"], clock.now()).as_bytes(),
        clock.now() + timedelta(seconds=next(_seconds)),
    )


def test_a_mail_that_was_taken_is_read_back(demo: Flask, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    stop, folder = Event(), tmp_path / "mailbox"
    server = Thread(target=serve, args=("127.0.0.1", port, folder, stop))
    server.start()
    settings = replace(demo.config["SETTINGS"], smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none")
    wait_for(lambda: _answers(port))

    mailer = Mailer(settings)
    answer = mailer.send(LETTER)
    mailer.close()
    stop.set()
    server.join()

    (name,) = names(folder)
    kept = read(folder, name)
    assert answer.said is Said.TAKEN
    assert kept is not None
    assert (kept.to, kept.message_id, kept.text) == ("ina@example.org", "<k@example.org>", LETTER.text)
    assert (folder / f"{name}.eml").stat().st_mode & 0o077 == 0


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def test_the_page_lists_mails_and_shows_one_with_its_own_links(demo: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "mailbox"
    older, newer = a_mail(demo, folder), a_mail(demo, folder, replace(LETTER, subject="Another"))
    browser = Visitor(demo)

    listed = browser.get("/demo/mail")
    page = browser.get(f"/demo/mail/{older}")

    assert listed.references == [newer, older]
    assert page.heading == "Confirm <b>your</b> address"
    assert page.all("//*[@data-mail]//a/@href") == ["/confirm/abc?x=1"]
    assert page.all("//*[@data-mail]//b") == []


def test_a_letter_of_the_demo_s_past_stands_under_its_own_time(demo: Flask, tmp_path: Path) -> None:
    FolderCarrier(demo.config["SETTINGS"]).send(LETTER)

    (name,) = names(tmp_path / "mailbox")
    kept = read(tmp_path / "mailbox", name)
    assert kept is not None
    assert (kept.taken_at, kept.subject) == (START, LETTER.subject)


def test_no_mail_yet_is_said(demo: Flask) -> None:
    assert "No mail yet." in Visitor(demo).get("/demo/mail").text


@pytest.mark.parametrize("name", ["x", "..%2fdemo.db", "0000000000000000-" + "a" * 26])
def test_a_name_that_is_no_mail_is_not_found(demo: Flask, name: str) -> None:
    assert Visitor(demo).client.get(f"/demo/mail/{name}").status_code == 404


def test_outside_the_demo_there_is_no_such_page(app: Flask, demo: Flask) -> None:
    assert Visitor(demo).client.get("/demo/mail").status_code == 200
    assert Visitor(app).client.get("/demo/mail").status_code == 404


def test_only_addresses_of_this_product_become_links() -> None:
    base = "http://localhost"

    assert with_links("see http://localhost/a.", base) == [Piece("see "), Piece("http://localhost/a", "/a"), Piece(".")]
    assert with_links("see http://localhost.example/a", base) == [Piece("see http://localhost.example/a")]
