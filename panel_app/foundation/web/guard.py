"""What is checked before a view runs: the request's shape, where it comes from, who calls."""

import secrets
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

import structlog
from flask import Flask, abort, current_app, g, request
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.foundation import actors
from panel_app.foundation.happenings import finds_address
from panel_app.foundation.permissions import Refusal, Refused, declared
from panel_app.foundation.web.refusals import because, source_of
from panel_app.foundation.words import N_

csrf = CSRFProtect()

MOST_PARAMETERS = 500
MOST_FORM_BYTES = 2 * 1024 * 1024
MOST_PARTS = 1000
CHANGING = ("POST", "PUT", "PATCH", "DELETE")

NOT_YOURS = Refusal(N_("Your account has no part in this. If it should, ask the round's coordinator."))


class ForeignHost(Exception):
    """A request names another host than BASE_URL's."""


class SignInNeeded(Exception):
    """A guest asked for a page that needs a person; accounts turns it into a redirect and keeps what was posted."""


@finds_address
def client_address() -> str | None:
    """The caller's network address; X-Forwarded-For is believed only from a proxy that TRUSTED_PROXIES names."""
    if not request:
        return None
    address = request.remote_addr
    trusted = current_app.config["SETTINGS"].trusted_proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while address and hops and _is_in(address, trusted):
        address = hops.pop()
    return address


def _is_in(address: str, networks: tuple[str, ...]) -> bool:
    try:
        return any(ip_address(address) in ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False


def begin() -> None:
    """Name the request, hold the clock, and read who calls."""
    g.request_id = secrets.token_hex(8)
    g.clock = clock.pin()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id, source=source_of(client_address()))


def refuse_foreign_host() -> None:
    """Refuse a request for another name than BASE_URL's: what is answered there belongs to nobody's address."""
    if _name_of(request.headers.get("Host", "")) != urlsplit(current_app.config["SETTINGS"].base_url).hostname:
        raise ForeignHost


def _name_of(host: str) -> str | None:
    """The name in a Host header, without its port, in small letters; none where it can't be read."""
    try:
        found = urlsplit(f"//{host}")
        return found.hostname if found.netloc == host and "@" not in host else None
    except ValueError:
        return None


def refuse_misshapen() -> None:
    """Answer 400 or 413 before a body is worked through: too many parameters, a NUL, a false kind of body."""
    if request.query_string.count(b"&") > MOST_PARAMETERS or len(request.query_string) > 8192:
        abort(400)
    if "\x00" in request.path or any("\x00" in f"{k}{v}" for k, v in request.args.items(multi=True)):
        abort(400)
    if request.method in CHANGING:
        _refuse_misshapen_body()


def _refuse_misshapen_body() -> None:
    kind = request.mimetype
    if kind != "multipart/form-data" and kind != "application/octet-stream":
        request.max_content_length = MOST_FORM_BYTES
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        fields = list(request.form.items(multi=True))
        if len(fields) > MOST_PARTS:
            abort(413)
        if any("\x00" in f"{name}{value}" for name, value in fields):
            abort(400)
    elif request.is_json:
        _refuse_misshapen_json()
    elif request.content_length and kind != "application/octet-stream":
        abort(415)


def _refuse_misshapen_json() -> None:
    """Refuse what can't be read, is nested without end, or holds a NUL, written out or escaped."""
    try:
        request.get_json()
    except RecursionError:
        abort(400)
    if b"\\u0000" in request.get_data():
        abort(400)


def refuse_foreign_origin() -> None:
    """Refuse a change that another site's page sends."""
    origin = request.headers.get("Origin")
    if request.method in CHANGING and origin is not None and origin != own_origin():
        because("foreign origin")
        abort(403)


def own_origin() -> str:
    """Scheme and host of BASE_URL, as a browser writes them in `Origin`."""
    base = urlsplit(current_app.config["SETTINGS"].base_url)
    return f"{base.scheme}://{base.netloc}"


def check_caller() -> Response | None:
    """Let the declared callers through; a guest is asked to sign in, another person is refused."""
    if request.endpoint is None or request.routing_exception is not None:
        g.actor = actors.load(request)
        return None
    view = current_app.view_functions[request.endpoint]
    method = "GET" if request.method == "HEAD" else request.method
    callers = declared(view).get(method, frozenset())
    if request.endpoint == "static" or method == "OPTIONS":
        return None
    g.actor = actors.load(request)
    if any(who.covers(g.actor) for who in callers):
        return None
    if not g.actor.signed_in:
        raise SignInNeeded
    raise Refused(NOT_YOURS)


def end(_error: BaseException | None = None) -> None:
    """Let the clock go."""
    if token := g.pop("clock", None):
        clock.unpin(token)


def init_app(app: Flask) -> None:
    """Hook the checks around each request."""
    is_https = app.config["SETTINGS"].is_https
    app.config.update(
        SESSION_COOKIE_NAME="__Host-panel" if is_https else "panel",  # the prefix: this host alone may set it
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_PARTS,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf.init_app(app)
    for check in (begin, refuse_foreign_host, refuse_misshapen, refuse_foreign_origin, check_caller, _check_token):
        app.before_request(check)
    app.teardown_request(end)


def _check_token() -> None:
    if request.method in CHANGING and request.endpoint is not None:
        csrf.protect()


__all__ = ["ForeignHost", "SignInNeeded", "client_address", "csrf", "init_app", "own_origin"]
