"""Logs as JSON lines: a static event name with identifiers as fields; anything but scalars is refused."""

import errno
import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

SCALARS = (str, int, float, bool, type(None))
_SEEN_BY_RENDERER = ("exc_info", "exception")


class RichObject(TypeError):
    """A log line was given a row, a form or a person instead of an identifier."""


def refuse_rich(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Raise RichObject for a field that is no scalar, so that no name can slip in."""
    for field, value in event.items():
        if field not in _SEEN_BY_RENDERER and not isinstance(value, SCALARS):
            raise RichObject(f"log field {field!r} holds a {type(value).__name__}: log an identifier")
    return event


def only_kinds(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep an error's kind, code and places, never its words: they can hold what a person typed."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        if (code := _code(error)) is not None:
            event["code"] = code
        event["at"] = _places(error)
    return event


def _code(error: BaseException) -> str | None:
    """The database's or the system's own name of what went wrong (SQLITE_FULL, 53100, ENOSPC): it holds no data."""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
        return str(code) if code else None
    return errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None


def _places(error: BaseException) -> str:
    """The last six of our own lines on the way, or the last six of all where none is ours."""
    places, ours, trace = [], [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        if trace.tb_frame.f_globals.get("__name__", "").startswith("panel_app."):
            ours.append(places[-1])
        trace = trace.tb_next
    return " > ".join((ours or places)[-6:])


def init_app(app: Flask) -> None:
    """Configure structlog once per process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_kinds,
            refuse_rich,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.getLogger("werkzeug").setLevel(logging.ERROR if app.testing else logging.INFO)
