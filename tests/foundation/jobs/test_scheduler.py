"""`panel scheduler`: passes, several at once, an end in order; and recurring work."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from panel_app import clock, create_app
from panel_app.config import Settings
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.jobs.claims import leads
from panel_app.foundation.jobs.models import Lease
from panel_app.foundation.jobs.recurring import RECURRING, recurring
from panel_app.foundation.jobs.scheduler import LEADERSHIP, Scheduler, one_pass
from panel_app.foundation.outbox.models import MessageState, Notification
from tests.support.databases import make_schema
from tests.support.outbox import a_message, message, states
from tests.support.processes import environment, panel, said
from tests.support.smtp import Mailbox, wait_for


@pytest.fixture
def env(smtp: Mailbox, memory: Path) -> dict[str, str]:
    folder = Path(mkdtemp(prefix="panel-scheduler-", dir=memory))
    return environment(f"sqlite:///{folder / 'panel.db'}", folder, SMTP_PORT=str(smtp.port), LEASE_SECONDS="2")


@pytest.fixture
def queue(env: dict[str, str]) -> Iterator[Flask]:
    app = create_app(Settings.from_env(env))
    make_schema(app)
    with app.app_context():
        yield app


@contextmanager
def recurring_work(name: str, run: Callable[[], int], every_seconds: int = 1) -> Iterator[None]:
    """A kind of recurring work of a test's own."""

    def work() -> int:
        """Does what a test says."""
        return run()

    recurring(name, every_seconds=every_seconds)(work)
    yield
    RECURRING.remove(name)


def test_until_idle_takes_what_a_dead_process_held_and_ends(queue: Flask, env: dict[str, str], smtp: Mailbox) -> None:
    orphan, due, later = a_message(), a_message(), a_message(due_in=timedelta(days=1))
    with transaction() as db:
        lease_end = clock.running() + timedelta(seconds=4)
        dead = update(Notification).filter_by(key=orphan)
        db.execute(dead.values(state=MessageState.SENDING, attempts=1, claimed_by="dead", lease_until=lease_end))

    said(env, "scheduler", "--until-idle")

    assert sorted(smtp.keys) == sorted([orphan, due])
    assert clock.running() >= lease_end
    assert (message(orphan).resent, message(later).state) == (1, MessageState.PENDING)


def test_the_list_has_a_line_for_each_message(queue: Flask, env: dict[str, str]) -> None:
    key = a_message(a_person(email="list@example.org"))

    (line,) = said(env, "outbox", "list", "--json").splitlines()

    row = json.loads(line)
    due_at = message(key).due_at.isoformat()
    assert {name: row[name] for name in ("key", "recipient", "state", "due_at", "sent_at", "attempts")} == {
        "key": key, "recipient": "list@example.org", "state": "pending", "due_at": due_at, "sent_at": None,
        "attempts": 0,
    }  # fmt: skip
    assert row["message_id"] == message(key).message_id


def test_two_schedulers_send_each_message_once_and_end_in_order(
    queue: Flask, env: dict[str, str], smtp: Mailbox
) -> None:
    keys = [a_message() for _ in range(12)]
    smtp.at_step = lambda step: time.sleep(0.02)
    ours = [
        panel({**env, "LEASE_SECONDS": "300", "TZ": zone}, "scheduler") for zone in ("America/Chicago", "Asia/Tokyo")
    ]

    wait_for(lambda: len(smtp.keys) >= 6, seconds=40)
    at_hand = Event()
    smtp.at_step = lambda step: (at_hand.set(), time.sleep(0.3))[0]  # type: ignore[func-returns-value]
    wait_for(lambda: at_hand.is_set() or len(smtp.keys) == 12)
    for process in ours:
        process.send_signal(signal.SIGTERM)
    codes = [(process.communicate(timeout=30), process.returncode)[1] for process in ours]
    smtp.at_step = lambda step: None

    assert codes == [0, 0]
    assert MessageState.SENDING not in states()
    said(env, "scheduler", "--until-idle")
    assert sorted(smtp.keys) == sorted(keys)


def test_a_pass_goes_on_when_one_kind_of_work_fails(queue: Flask, smtp: Mailbox) -> None:
    key = a_message()

    def fail() -> int:
        raise RuntimeError("as told")

    with recurring_work("test.fails", fail):
        outcome = one_pass()

    assert (outcome.failed, smtp.keys) == (["test.fails"], [key])


def test_work_that_is_busy_runs_again_afterwards_and_never_twice_at_once(queue: Flask) -> None:
    at_work, most, runs = [0], [0], [0]

    def busy() -> int:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        time.sleep(2.2 if runs[0] == 0 else 0)
        at_work[0] -= 1
        runs[0] += 1
        return 0

    with recurring_work("test.busy", busy), running(queue):
        wait_for(lambda: runs[0] >= 2)

    assert most == [1]


def test_only_the_leader_wakes_recurring_work(queue: Flask) -> None:
    runs = [0]

    def once() -> int:
        runs[0] += 1
        return 0

    assert leads(LEADERSHIP, "another")
    with recurring_work("test.led", once), running(queue):
        time.sleep(1.2)

    assert runs == [0]


def test_who_led_lets_go_at_the_end(queue: Flask) -> None:
    with running(queue):
        wait_for(lambda: holder() is not None)

    assert holder() is None


def holder() -> str | None:
    reading().rollback()
    return reading().scalar(select(Lease.holder).filter_by(name=LEADERSHIP))


@contextmanager
def running(app: Flask) -> Iterator[None]:
    """A scheduler in a thread of the test."""
    scheduler = Scheduler(app)
    thread = Thread(target=scheduler.run)
    thread.start()
    try:
        yield
    finally:
        scheduler.stop.set()
        thread.join()


@pytest.mark.parametrize("seconds", [0, -1])
def test_recurring_work_is_woken_every_second_at_most(seconds: int) -> None:
    with pytest.raises(ValueError, match="every second"):
        recurring("test.never", every_seconds=seconds)


def test_recurring_work_needs_a_docstring() -> None:
    with pytest.raises(ValueError, match="docstring"):
        recurring("test.mute", every_seconds=1)(lambda: 0)
