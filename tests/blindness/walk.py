"""Walks everything that a person can reach: every link from page to page, and every route with the world's keys."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from panel_app.foundation.database import reading
from panel_app.portfolios.models import Evidence, PanelCopy
from tests.blindness.world import World
from tests.foundation.files.reading import unpacked
from tests.matrix.probe import value_of
from tests.support.pages import Page, Visitor

NOT_FOLLOWED = ("/static/", "/sign-out")
MOST = 400


def everything(app: Flask, visitor: Visitor, world: World) -> Iterator[tuple[str, bytes]]:
    """(address, headers and unpacked body) of everything the visitor gets by GET, errors included."""
    waiting, seen = ["/today", "/reviews", "/account", "/panel/me", *routes(app, world)], set[str]()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if address in seen or address.startswith(NOT_FOLLOWED):
            continue
        seen.add(address)
        answer = visitor.client.get(address, buffered=True)
        yield address, _all_of(answer)
        waiting += _next(answer, address)
    assert len(seen) < MOST, "the walk was cut short, and proves nothing of the rest"


def _next(answer: TestResponse, address: str) -> list[str]:
    if target := answer.headers.get("Location"):
        return [_path(urljoin(address, target))]
    if answer.mimetype != "text/html":
        return []
    page = Page(answer, address)
    found = page.all("//@href|//@src|//@data-src|//@data-front|//@data-address|//@data-href|//@content")
    return [_path(urljoin(address, each)) for each in found if each.startswith("/")]


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _all_of(answer: TestResponse) -> bytes:
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return head.encode() + b"\n" + unpacked(answer.get_data())


def routes(app: Flask, world: World) -> list[str]:
    """Every GET route of the app with the keys of this world, those that nobody links to included."""
    adapter, found = app.url_map.bind("localhost"), []
    choices = _choices(world)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            for key in choices if rule.arguments else [{}]:
                values = {name: value_of(rule, name, key) for name in rule.arguments}
                found.append(str(adapter.build(rule.endpoint, values)))
    return list(dict.fromkeys(found))


def _choices(world: World) -> list[dict[str, str]]:
    fixed = {"round_key": world.round.key, "portfolio_key": world.portfolio.key}
    copies = reading().execute(select(PanelCopy.key, Evidence.key).join(Evidence, Evidence.id == PanelCopy.evidence_id))
    pieces = [{"copy_key": copy, "evidence_key": evidence} for copy, evidence in copies]
    return [{**fixed, **piece, "assignment_key": key} for piece in pieces or [{}] for key in world.assignments]
