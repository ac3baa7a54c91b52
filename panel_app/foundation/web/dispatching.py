"""The application, which does a request once more when the database ended it for another's sake."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from panel_app.foundation.database import db

T = TypeVar("T")
TRIES = 3
LOST = frozenset({"40P01", "40001"})
"""SQLSTATE of a deadlock and of a failed serialization: PostgreSQL's manual, appendix A, says to do the act again."""


def lost_to_another(error: DBAPIError) -> bool:
    """Whether two acts waited for each other and the database let the other one have it. SQLite has no such end."""
    return getattr(error.orig, "sqlstate", None) in LOST


def once_more(act: Callable[[], T]) -> T:
    """Run an act; again, at most three times in all, when it lost. Raises what the last try raises.

    An act is one transaction, so that nothing of a lost try stays.
    """
    for _ in range(TRIES - 1):
        try:
            return act()
        except DBAPIError as error:
            if not lost_to_another(error):
                raise
            db.session.rollback()
            _rewind()
    return act()


def _rewind() -> None:
    """What was uploaded is read from its beginning again."""
    if request:
        for file in request.files.values():
            file.stream.seek(0)


class Panel(Flask):
    """Flask, with views that are asked once more where locks of two requests crossed."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer by the view. What it typed and sent is in the request still, so that nothing is lost."""
        return once_more(super().dispatch_request)
