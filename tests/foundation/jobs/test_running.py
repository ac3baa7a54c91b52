"""Jobs: claimed once, tried again, given up; and who leads. On both databases."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from panel_app import clock
from panel_app.foundation.database import Conflicted, reading, transaction
from panel_app.foundation.jobs import queue
from panel_app.foundation.jobs.claims import leads, let_go, wait_after
from panel_app.foundation.jobs.models import Job, Lease
from panel_app.foundation.jobs.queue import enqueue, job
from panel_app.foundation.jobs.renewal import renewed
from panel_app.foundation.jobs.running import ClaimedJob, claim_job, run_due, settle_job
from panel_app.foundation.jobs.states import JobState

pytestmark = pytest.mark.both_databases


@pytest.fixture
def done() -> Iterator[list[Any]]:
    """What the job "test.work" was run with; it fails for a payload that says so."""
    ran: list[Any] = []

    @job("test.work")
    def work(payload: dict[str, Any]) -> None:
        ran.append(payload["number"])
        if payload.get("fails"):
            raise RuntimeError("as told")

    yield ran
    del queue._KINDS["test.work"]


def only_job() -> Job:
    reading().rollback()
    return reading().scalars(select(Job).execution_options(populate_existing=True)).one()


def test_a_job_runs_once_however_often_it_was_left(app: Flask, done: list[Any]) -> None:
    for _ in range(2):
        enqueue("test.work", "once", {"number": 1})

    assert (run_due(), run_due(), done) == (1, 0, [1])
    assert (only_job().state, only_job().done_at) == (JobState.DONE, clock.now())


def test_a_job_waits_for_its_time(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "later", {"number": 1}, run_at=clock.now() + timedelta(hours=1))

    early = run_due()
    with clock.pinned(clock.now() + timedelta(hours=1)):
        on_time = run_due()

    assert (early, on_time, done) == (0, 1, [1])


def test_a_failing_job_is_tried_again_after_doubling_waits_then_given_up(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "bad", {"number": 1, "fails": True})
    waits = []
    for _ in range(6):
        at = only_job().run_at
        with clock.pinned(at):
            run_due()
        waits.append((only_job().run_at - at).total_seconds())

    assert waits == [60, 120, 240, 480, 960, 0]
    assert (only_job().state, only_job().last_error, len(done)) == (JobState.DEAD, "RuntimeError", 6)


def test_one_failing_job_does_not_hold_up_the_next(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "bad", {"number": 1, "fails": True})
    enqueue("test.work", "good", {"number": 2})

    assert (run_due(), done) == (2, [1, 2])


def test_a_dead_process_s_job_is_taken_when_its_lease_has_run_out(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "orphan", {"number": 1})
    claim_job()
    held = run_due()
    with transaction() as db:
        db.execute(update(Job).values(lease_until=clock.running() - timedelta(seconds=1)))

    assert (held, run_due(), done) == (0, 1, [1])
    assert only_job().attempts == 2


def test_who_lost_a_claim_writes_nothing(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "lost", {"number": 1})
    slow = claim_job()
    assert slow is not None
    with transaction() as db:
        db.execute(update(Job).values(lease_until=clock.running() - timedelta(seconds=1)))
    run_due()

    assert settle_job(slow, "TimeoutError") is None
    assert (only_job().state, only_job().last_error) == (JobState.DONE, None)


def test_a_lease_is_renewed_while_its_work_goes_on(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "long", {"number": 1})
    claimed = claim_job()
    assert claimed is not None
    with transaction() as db:
        db.execute(update(Job).values(lease_until=clock.running()))
    before, waited = only_job().lease_until, Event()
    reading().rollback()

    with renewed(Job, claimed.id, claimed.token, every=0.05):
        waited.wait(0.5)

    after = only_job().lease_until
    assert before is not None
    assert after is not None
    assert after > before + timedelta(seconds=200)


def test_four_threads_claim_one_job_once(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "one", {"number": 1})
    at, start = clock.now(), Barrier(4)
    claimed: list[ClaimedJob | None] = []

    def run() -> None:
        with app.app_context(), clock.pinned(at):
            start.wait()
            claimed.append(claim_job())

    reading().rollback()
    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([each for each in claimed if each is not None]) == 1


def test_one_process_leads_until_it_lets_go_or_dies(app: Flask) -> None:
    first = [leads("test", "a"), leads("test", "b"), leads("test", "a")]
    let_go("test", "a")
    second = [leads("test", "b"), leads("test", "a")]
    with transaction() as db:
        db.execute(update(Lease).values(until=clock.running() - timedelta(seconds=1)))

    assert (first, second, leads("test", "a")) == ([True, False, True], [True, False], True)


def test_letting_go_leaves_another_s_lead_alone(app: Flask) -> None:
    leads("test", "a")
    let_go("test", "b")

    assert [leads("test", "b"), leads("test", "a")] == [False, True]


def test_waits_end_at_six_hours(app: Flask) -> None:
    assert [wait_after(n) for n in (1, 2, 50)] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(hours=6)]


def test_schema_refuses_a_running_job_without_a_claim(app: Flask, done: list[Any]) -> None:
    enqueue("test.work", "one", {"number": 1})

    with pytest.raises(Conflicted), transaction() as db:
        db.execute(update(Job).values(state=JobState.RUNNING))
