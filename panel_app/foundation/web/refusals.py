"""Refused requests in the log, so that an operator sees who tries doors: one line each, identifiers alone."""

import hashlib
import hmac

import structlog
from flask import Flask, Response, current_app, g, request

from panel_app.foundation.actors import GUEST
from panel_app.foundation.keys import LENGTH
from panel_app.foundation.throttle import network_of

log = structlog.get_logger()

ORDINARY = frozenset({409, 422})
"""A form sent back with a sentence: everyday, and no line. What a wrong password leaves is told where it is found."""
SECRET_ARGUMENTS = frozenset({"token", "kept_key"})


def because(why: str) -> None:
    """Say why this request is being refused, in a word for the log."""
    g.refused_because = why


def source_of(address: str | None) -> str:
    """What stands for a network address in the log: the same for the same network, and the address can't be read.

    Twelve digits of an HMAC under SECRET_KEY.
    """
    key = current_app.config["SETTINGS"].secret_key.encode()
    return hmac.new(key, f"source:{network_of(address)}".encode(), hashlib.sha256).hexdigest()[:12]


def note(response: Response) -> Response:
    """Write the line of a refused request: which page by which method, who, whence, why; never what was typed."""
    status = response.status_code
    if 400 <= status < 500 and status not in ORDINARY:
        log.warning(
            "refused",
            status=status,
            why=g.get("refused_because", ""),
            method=request.method if request.method in METHODS else "other",
            endpoint=request.endpoint or "",
            things=_things(),
            who=g.get("actor", GUEST).key,
        )
    return response


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _things() -> str:
    """The public keys in the address: of a round, a portfolio, a person; never of a one-time link."""
    given = request.view_args or {}
    keys = {name: value for name, value in given.items() if name.endswith("_key") and name not in SECRET_ARGUMENTS}
    return " ".join(f"{name}={value}" for name, value in sorted(keys.items()) if len(str(value)) == LENGTH)


def init_app(app: Flask) -> None:
    """Look at each answer."""
    app.after_request(note)
