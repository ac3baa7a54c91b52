"""The application on a real port, on the test's own database, for tests that drive it with a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from panel_app import clock, create_app
from panel_app.accounts.services import begin_sign_in
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import db
from tests.support.databases import SqliteDatabases, settings_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Quiet(WSGIRequestHandler):
    """Serves without a line per request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def letting_go(app: "WSGIApplication") -> "WSGIApplication":
    """The application, each answer of which is closed even when the browser leaves in the midst of it.

    Werkzeug's server then meets the dropped connection before it closes the answer, and a file would stay open.
    """

    def answering(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterator[bytes]:
        answer = app(environ, start_response)
        try:
            yield from answer
        finally:
            if close := getattr(answer, "close", None):
                close()

    return answering


STOPS_WITHIN = 0.02


@dataclass
class Server:
    """A running application; `address` without a slash at its end. `stop` and `start` are a restart."""

    address: str
    app: Flask
    port: int

    def start(self) -> None:
        """Serve from a thread of its own."""
        self.server: BaseWSGIServer = make_server(
            "127.0.0.1", self.port, letting_go(self.app), threaded=True, request_handler=Quiet
        )
        self.thread = threading.Thread(target=self.server.serve_forever, args=(STOPS_WITHIN,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End, and let go of every connection to the database."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        with self.app.app_context():
            db.engine.dispose()

    def cookie(self, who: Actor) -> dict[str, str]:
        """A browser's cookie in which this person has signed in."""
        assert who.person_id is not None
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["sign_in"] = begin_sign_in(who.person_id, agent="test", confirmed=True)
        name = self.app.config["SESSION_COOKIE_NAME"]
        kept = client.get_cookie(name)
        assert kept is not None
        return {"name": name, "value": kept.value, "url": self.address}


def an_application(databases: SqliteDatabases, port: int) -> Flask:
    """The application for a port, on the same database as the test's own."""
    with databases.app.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    return create_app(settings_for(address, databases.folder, BASE_URL=f"http://127.0.0.1:{port}"))


def free_port() -> int:
    """A port that nothing listens on."""
    probe = make_server("127.0.0.1", 0, Flask("probe"))
    probe.server_close()
    return int(probe.port)


@contextmanager
def running_from(instant: datetime) -> Iterator[None]:
    """Other threads' clock starts at an instant and runs on; afterwards it is the real one again."""
    clock.start_at(instant)
    try:
        yield
    finally:
        clock.start_at(None)
