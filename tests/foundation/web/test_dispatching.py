"""Two requests whose locks cross: the one that the database ends is done once more, and both are answered."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from flask import Flask, request
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from panel_app.foundation.database import db, locked, transaction
from panel_app.foundation.jobs.models import Job
from panel_app.foundation.jobs.states import JobState
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.dispatching import Panel, once_more
from tests.conftest import START
from tests.support.databases import PostgresDatabases
from tests.support.pages import Visitor

NAMES = ("one", "other")


@pytest.fixture
def crossing(postgres_databases: PostgresDatabases) -> Iterator[Flask]:
    """An application of its own, whose `/cross/<name>` locks two rows, each name in another order."""
    from panel_app import create_app  # noqa: PLC0415  made beside the worker's own

    postgres_databases.renew()
    app = create_app(postgres_databases.app.config["SETTINGS"])
    both_hold_one = Barrier(2, timeout=20)
    met: set[str] = set()

    def cross(name: str) -> str:
        read = request.files["file"].read().decode()
        mine, others = sorted(NAMES, key=lambda each: each != name)
        with transaction() as session:
            locked(session, Job, occasion=mine)
            if name not in met:
                met.add(name)
                both_hold_one.wait()
            row = locked(session, Job, occasion=others)
            assert row is not None
            row.payload = {**row.payload, name: read}
        return name

    app.add_url_rule("/cross/<name>", "cross", allow(Who.ANYONE, on=("POST",))(cross), methods=["POST"])
    with app.app_context(), transaction() as session:
        session.add_all(
            Job(occasion=name, kind="tests", payload={}, state=JobState.PENDING, run_at=START) for name in NAMES
        )
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.postgres
def test_whoever_lost_a_deadlock_is_asked_once_more_with_what_was_sent(crossing: Flask) -> None:
    def send(name: str) -> tuple[int, str]:
        answer = Visitor(crossing).send(f"/cross/{name}", file=(BytesIO(f"by {name}".encode()), "a.txt"))
        return answer.status_code, answer.get_data(as_text=True)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, NAMES))

    assert answers == [(200, name) for name in NAMES]
    with crossing.app_context():
        held = {job.occasion: job.payload for job in db.session.scalars(select(Job))}
        db.session.remove()
    assert held == {"one": {"other": "by other"}, "other": {"one": "by one"}}


def failing(times: int, sqlstate: str) -> Callable[[], str]:
    left = [OperationalError("SELECT", {}, type("Lost", (Exception,), {"sqlstate": sqlstate})()) for _ in range(times)]

    def act() -> str:
        if left:
            raise left.pop()
        return "done"

    return act


@pytest.mark.parametrize(("times", "sqlstate", "ends"), [(2, "40P01", True), (3, "40P01", False), (1, "53100", False)])
def test_a_lost_act_is_tried_three_times_and_another_error_once(
    app: Flask, times: int, sqlstate: str, ends: bool
) -> None:
    act = failing(times, sqlstate)

    if ends:
        assert once_more(act) == "done"
    else:
        with pytest.raises(OperationalError):
            once_more(act)


def test_the_application_is_one_that_asks_once_more(app: Flask) -> None:
    assert isinstance(app, Panel)
