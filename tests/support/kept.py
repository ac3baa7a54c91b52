"""Scenes that many tests begin with: built twice in a worker, then copied with the whole database."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import literal, select, union_all

from panel_app import clock
from panel_app.foundation.database import db, reading
from tests.support.databases import Databases

P = ParamSpec("P")
S = TypeVar("S")


class Kept:
    """What one worker keeps for one database: how often a scene was built, and what its second building gave."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.builds: Counter[str] = Counter()
        self.given: dict[str, object] = {}

    def template(self, name: str) -> str:
        """The name under which the databases keep a scene."""
        return f"kept{list(self.builds).index(name)}"


def kept(build: Callable[P, S]) -> Callable[P, S]:
    """Let a test begin with a copy of what the same call built for another test at the same instant.

    The second building is the one that is kept: many a scene has only one test. A scene that a test builds after other
    acts is never a copy, which would undo these.
    """

    @wraps(build)
    def scene(*arguments: P.args, **named: P.kwargs) -> S:
        shelf: Kept | None = current_app.extensions.get("kept")
        if shelf is None or not _is_empty():
            return build(*arguments, **named)
        name = f"{build.__module__}.{build.__qualname__} {arguments} {sorted(named.items())} {clock.now()}"
        assert " at 0x" not in name, "a scene is kept under what its arguments print: give it values"
        if name in shelf.given:
            shelf.databases.renew(shelf.template(name))
            return deepcopy(shelf.given[name])  # type: ignore[return-value]  # what this function gave under this name
        made = build(*arguments, **named)
        shelf.builds[name] += 1
        if shelf.builds[name] == 2:
            shelf.given[name] = deepcopy(made)
            shelf.databases.keep(shelf.template(name))
        return made

    return scene


def _is_empty() -> bool:
    """Say whether no table has a row."""
    rows = [select(literal(1)).where(select(table).exists()) for table in db.metadata.tables.values()]
    found = reading().execute(union_all(*rows)).first()
    reading().rollback()
    return found is None
