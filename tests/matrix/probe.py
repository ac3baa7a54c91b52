"""Asks the application, for every route and every relation, what it answers; one word a cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.matrix.world import ACTORS, World
from tests.support.databases import SqliteDatabases
from tests.support.pages import Visitor

FIXED = {
    "section": "risk-register",
    "code": "CPAP",
    "version": "2026.1",
    "filename": "style/base.css",
    "token": "a" * 26,
    "name": "mail-1",
}
UNKNOWN = "a" * 26
SECTION = {"text": "as typed", "revision": 0}


@dataclass(frozen=True)
class Line:
    """One route and method, and what each relation is answered, in the order of ACTORS."""

    method: str
    path: str
    cells: tuple[str, ...]


def lines(databases: SqliteDatabases, world: World) -> Iterator[Line]:
    """Every route and method of the app in order of path."""
    rules = sorted(databases.app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    for rule in rules:
        if rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            cells = tuple(_cell(databases, world, rule, method, who) for who in ACTORS)
            yield Line(method, rule.rule, cells)


def _cell(databases: SqliteDatabases, world: World, rule: Rule, method: str, who: str) -> str:
    visitor = Visitor(databases.app, world.tokens[who])
    answer = _ask(visitor, address(databases.app, rule, world), method)
    word = said(answer)
    if method != "GET" and word == "in":
        databases.renew("matrix")
    return word


def _ask(visitor: Visitor, path: str, method: str) -> TestResponse:
    if method == "GET":
        return visitor.client.get(path, buffered=True)
    if method == "PATCH":
        return visitor.send_json(path, SECTION if "/sections/" in path else save_of(path))
    return visitor.send(path, method)


def save_of(path: str) -> dict[str, object]:
    """A background save of a score sheet, as its page sends it."""
    key = path.split("/")[2]
    return {"assignment": key, "field": "note", "value": "x", "revision": 0, "operation": "o1", "page": "p1"}


def address(app: Flask, rule: Rule, world: World) -> str:
    """The route's address with the world's keys; a key that no thing of the world has is one that never was."""
    values = {name: value_of(rule, name, world.keys) for name in rule.arguments}
    return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=sorted(rule.methods or ())[-1]))


def value_of(rule: Rule, name: str, keys: Mapping[str, str]) -> str:
    """What stands for a route's argument: a key of the world, a fixed word, the first of a choice, an unknown key."""
    if name in keys or name in FIXED:
        return keys.get(name) or FIXED[name]
    found = re.search(rf"<any\(([^,)]+)[^>]*\):{name}>", rule.rule)
    return found[1] if found else UNKNOWN


def said(answer: TestResponse) -> str:
    """`in`: let in, whatever the form then says; `no`: refused with a reason; `hidden`; `sign in`."""
    if answer.status_code in (302, 303) and urlsplit(answer.headers.get("Location", "")).path == "/sign-in":
        return "sign in"
    words = {401: "sign in", 403: "no", 404: "hidden"}
    if answer.status_code >= 500:
        return f"BROKEN {answer.status_code}"
    return words.get(answer.status_code, "in")
