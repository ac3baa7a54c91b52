"""One transaction per act: joins, commits once, rolls back whole, writes nothing outside; times are aware."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from panel_app.foundation.database import (
    Conflicted,
    WriteOutsideTransaction,
    after_commit,
    db,
    locked,
    reading,
    transaction,
)
from panel_app.foundation.jobs.models import Job, Lease
from panel_app.foundation.jobs.states import JobState

pytestmark = pytest.mark.both_databases
NOON = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)


def a_job(occasion: str) -> Job:
    return Job(occasion=occasion, kind="tests", payload={}, state=JobState.PENDING, run_at=NOON)


def occasions() -> list[str]:
    reading().rollback()
    return list(reading().scalars(select(Job.occasion).order_by(Job.occasion)))


def test_inner_transaction_joins_and_only_the_outermost_commits(app: Flask) -> None:
    def spoilt_act() -> None:
        with transaction() as outer:
            with transaction() as inner:
                inner.add(a_job("inner"))
            assert inner is outer
            raise RuntimeError

    with pytest.raises(RuntimeError):
        spoilt_act()

    assert occasions() == []


def test_act_is_on_disk_after_its_block(app: Flask) -> None:
    with transaction() as session:
        session.add(a_job("kept"))

    assert occasions() == ["kept"]


def test_work_for_after_the_commit_runs_once_and_only_when_committed(app: Flask) -> None:
    done: list[str] = []

    def spoilt_act() -> None:
        with transaction():
            after_commit(lambda: done.append("lost"))
            raise RuntimeError

    with transaction():
        after_commit(lambda: done.append("kept"))
        assert done == []
    with pytest.raises(RuntimeError):
        spoilt_act()

    assert done == ["kept"]


def test_flush_outside_an_act_is_refused(app: Flask) -> None:
    session = reading()
    session.add(a_job("stray"))

    with pytest.raises(WriteOutsideTransaction):
        session.flush()

    session.rollback()
    assert occasions() == []


def test_work_for_after_the_commit_needs_an_act(app: Flask) -> None:
    with pytest.raises(WriteOutsideTransaction):
        after_commit(lambda: None)


def test_refused_row_becomes_a_sentence(app: Flask) -> None:
    with transaction() as session:
        session.add(a_job("once"))

    with pytest.raises(Conflicted) as refused, transaction() as session:
        session.add(a_job("once"))

    assert refused.value.sentence.startswith("This could not be saved")
    assert occasions() == ["once"]


def test_times_come_back_aware_and_in_utc(app: Flask) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    with transaction() as session:
        session.add(Lease(name="x", holder="y", until=NOON.astimezone(india)))

    stored = reading().scalars(select(Lease)).one().until

    assert stored == NOON
    assert stored.utcoffset() == timedelta(0)


def test_naive_time_is_refused(app: Flask) -> None:
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(StatementError, match="naive"), transaction() as session:
        session.add(Lease(name="x", holder="y", until=naive))


@pytest.fixture
def second_connection(app: Flask) -> Iterator[None]:
    with transaction() as session:
        session.add(a_job("shared"))
    yield
    db.session.remove()


def test_acts_on_one_row_wait_for_each_other(app: Flask, second_connection: None) -> None:
    def count_up() -> None:
        with app.app_context():
            for _ in range(10):
                with transaction() as session:
                    row = locked(session, Job, occasion="shared")
                    assert row is not None
                    row.attempts += 1

    threads = [Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    reading().rollback()
    assert reading().scalars(select(Job)).one().attempts == 40


def test_read_that_turns_into_an_act_does_not_die(app: Flask) -> None:
    reading().execute(text("SELECT count(*) FROM job")).scalar()
    with app.app_context(), transaction() as other:
        other.add(a_job("theirs"))

    with transaction() as session:
        session.add(a_job("ours"))

    assert occasions() == ["ours", "theirs"]
