"""What `panel doctor` says when mail or jobs stand still."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from panel_app import clock
from panel_app.foundation.checks import diagnosis
from panel_app.foundation.database import transaction
from panel_app.foundation.jobs.models import Job
from panel_app.foundation.jobs.states import JobState
from panel_app.foundation.outbox.models import MessageState, Notification
from tests.support.outbox import a_message, message


def findings() -> dict[str, list[str]]:
    names = ("outbox.overdue", "outbox.undelivered", "jobs.dead")
    return {name: list(diagnosis.found[name]()) for name in names if list(diagnosis.found[name]())}


def test_a_quiet_outbox_needs_no_mending(app: Flask) -> None:
    a_message()

    assert findings() == {}


def test_overdue_undelivered_and_dead_are_named(app: Flask) -> None:
    refused = message(a_message()).id
    a_message()
    with transaction() as db:
        db.execute(update(Notification).where(Notification.id == refused).values(state=MessageState.FAILED))
        db.add(Job(occasion="x", kind="test.work", payload={}, state=JobState.DEAD, run_at=clock.now()))

    with clock.pinned(clock.now() + timedelta(minutes=61)):
        found = findings()

    assert sorted(found) == ["jobs.dead", "outbox.overdue", "outbox.undelivered"]
    assert found["outbox.overdue"][0].startswith("messages overdue by more than an hour: 1;")
    assert found["jobs.dead"][0].startswith("jobs test.work that were given up: 1;")
