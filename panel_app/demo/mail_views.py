"""The demo's mail page: what the product sent, as its readers would get it. Registered in the demo only."""

import re
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template
from markupsafe import Markup

from panel_app.config import Settings
from panel_app.demo.mailbox import KeptMail, folder_of, names, read
from panel_app.foundation.permissions import NOT_FOUND, Refused, Who, allow
from panel_app.foundation.web.pages import Answer
from panel_app.foundation.web.paging import page_number, pager

bp = Blueprint("demo", __name__)

PAGE_SIZE = 50
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class ShownMail:
    """A mail as the list prints it."""

    name: str
    at: str
    to: str
    subject: str


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
    return render_template("demo/one_mail.html", mail=found, at=_at(found), text=with_links(found.text, base))


def with_links(text: str, base_url: str) -> Markup:
    """The text letter by letter, with anchors around addresses of this product; any other address stays text."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?)")
        parts.append(Markup.escape(text[end : found.start()]))
        parts.append(_anchor(address) if _is_ours(address, base_url) else Markup.escape(address))
        end = found.start() + len(address)
    parts.append(Markup.escape(text[end:]))
    return Markup("").join(parts)


def _is_ours(address: str, base_url: str) -> bool:
    here, there = urlsplit(base_url), urlsplit(address)
    return (here.scheme, here.netloc) == (there.scheme, there.netloc)


def _anchor(address: str) -> Markup:
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return Markup('<a href="{}">{}</a>').format(path, address)


def _at(kept: KeptMail) -> str:
    return f"{kept.taken_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _settings() -> Settings:
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found
