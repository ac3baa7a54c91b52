"""The demo's mail page: what the product sent, as its readers would get it. Registered in the demo only."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template

from panel_app import clock
from panel_app.config import Settings
from panel_app.demo.mailbox import KeptMail, folder_of, names, read
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.web.pages import Answer
from panel_app.foundation.web.paging import page_number, pager

bp = Blueprint("demo", __name__)

PAGE_SIZE = 50
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class ShownMail:
    """A mail as the list prints it."""

    name: str
    at: Shown
    to: str
    subject: str


@dataclass(frozen=True)
class Piece:
    """A piece of a mail's text; with `path`, a link to a page of this product."""

    text: str
    path: str | None = None


@bp.get("/demo/mail")
@allow(Who.ANYONE)
def mail() -> Answer:
    """Every mail, the newest first."""
    folder, number = folder_of(_settings()), page_number()
    every = names(folder)
    page = [read(folder, name) for name in every[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]]
    return render_template(
        "demo/mail.html",
        mails=[ShownMail(each.name, _at(each), each.to, each.subject) for each in page if each is not None],
        pager=pager(number, len(every), PAGE_SIZE),
    )


@bp.get("/demo/mail/<name>")
@allow(Who.ANYONE)
def one_mail(name: str) -> Answer:
    """One mail: its text, with the product's own links to follow."""
    found = read(folder_of(_settings()), name)
    if found is None:
        raise Refused(NOT_FOUND)
    base = _settings().base_url
    return render_template("demo/one_mail.html", mail=found, at=_at(found), pieces=with_links(found.text, base))


def with_links(text: str, base_url: str) -> list[Piece]:
    """The text in pieces, those with a path being addresses of this product; any other address stays text."""
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?)")
        if _is_ours(address, base_url):
            pieces += [Piece(text[end : found.start()]), Piece(address, _path(address))]
            end = found.start() + len(address)
    return [piece for piece in (*pieces, Piece(text[end:])) if piece.text]


def _is_ours(address: str, base_url: str) -> bool:
    here, there = urlsplit(base_url), urlsplit(address)
    return (here.scheme, here.netloc) == (there.scheme, there.netloc)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _at(kept: KeptMail) -> Shown:
    return shown(kept.taken_at, actor().some_zone, None, clock.running(), seconds=True)


def _settings() -> Settings:
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found
