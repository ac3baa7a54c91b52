"""The scheduler: wakes what is due. Truth is in our tables, so a late, missed or double wake loses and doubles nothing.

Three kinds of work: recurring work (only the leader wakes it), jobs, and the sender of mail (each process does both,
because each row is claimed). A pass does each once; until idle, passes are repeated until nothing is left to do.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from panel_app import clock
from panel_app.config import Settings
from panel_app.foundation.database import db
from panel_app.foundation.jobs import (
    running,
    statistics,  # noqa: F401  declares its recurring work
)
from panel_app.foundation.jobs.claims import leads, let_go, settings
from panel_app.foundation.jobs.recurring import RECURRING, Recurring
from panel_app.foundation.keys import new_key
from panel_app.foundation.mail import Mailer
from panel_app.foundation.outbox import sending
from panel_app.foundation.outbox.restore import keeps_mark, notice_restore

log = structlog.get_logger()

LEADERSHIP = "scheduler"
WAKE_SECONDS = 2
MOST_PAUSE = 0.5
FINISH_SECONDS = 25


def mark_of(found: Settings) -> Path:
    """The file that outlives a restored database: it lies with the evidence, which all hosts share."""
    return found.evidence_dir / ".outbox-mark"


@dataclass
class Pass:
    """What one pass did, and whether anything failed on the way."""

    done: int = 0
    failed: list[str] = field(default_factory=list)


def one_pass(stopped: Callable[[], bool] = lambda: False) -> Pass:
    """Everything that is due now, once: recurring work, jobs, mail. The order lets what one makes go out with it."""
    outcome = Pass()
    for work in RECURRING:
        if not stopped():
            _wake(work, outcome)
    outcome.done += running.run_due(stopped)
    outcome.done += send_mail(stopped)
    return outcome


def _wake(work: Recurring, outcome: Pass) -> None:
    try:
        with clock.pinned():
            outcome.done += work.run()
    except Exception as error:  # one kind of work that fails must not hold up the others
        outcome.failed.append(work.name)
        log.error("recurring_failed", work=work.name, exc_info=error)
    finally:
        db.session.rollback()


def send_mail(stopped: Callable[[], bool] = lambda: False) -> int:
    """Send what is due by the mail server of the settings; first look whether the data were restored."""
    mark = mark_of(settings())
    notice_restore(mark)
    return sending.send_due(Mailer(settings()), stopped=stopped, delivered=keeps_mark(mark))


def until_idle(stopped: Callable[[], bool] = lambda: False) -> Pass:
    """Passes until nothing is due: waits for claims that a dead process left, and takes them when they run out.

    What failed and is to be tried again at a later time is not due; it stays for a later call.
    """
    total = Pass()
    while not stopped():
        latest = one_pass(stopped)
        total.done += latest.done
        total.failed += [name for name in latest.failed if name not in total.failed]
        held = _held_until()
        if held is None and not latest.done:
            break
        if held is not None:
            time.sleep(_pause(held))
    return total


def _held_until() -> datetime | None:
    found = [until for until in (running.held_until(), sending.held_until()) if until is not None]
    db.session.rollback()
    return min(found, default=None)


def _pause(held: datetime) -> float:
    return min(max((held - clock.running()).total_seconds(), 0.01), MOST_PAUSE)


class Scheduler:
    """The process that runs on: APScheduler wakes each kind of work in a thread, late runs merged into one."""

    def __init__(self, app: Flask) -> None:
        self.app, self.holder = app, new_key()
        self.stop = Event()
        # Times of waking are elapsed seconds in UTC: no server's zone and no clock change bears on them.
        self.waker = BackgroundScheduler(timezone=UTC)
        self._add("jobs", WAKE_SECONDS, lambda: running.run_due(self.stop.is_set))
        self._add("mail", WAKE_SECONDS, lambda: send_mail(self.stop.is_set))
        for work in RECURRING:
            self._add(work.name, work.every_seconds, self._led(work))

    def run(self) -> None:
        """Run until `stop` is set; then the mail and the job at hand are finished, and the lead is given back.

        Work that takes longer than FINISH_SECONDS is left: its claim runs out and another process does it again.
        """
        self.waker.start()
        log.info("scheduler_started", work=len(RECURRING))
        self.stop.wait()
        deadline = Event()
        self.waker.pause()
        _after(FINISH_SECONDS, deadline, self._leave)
        self.waker.shutdown(wait=True)
        with self.app.app_context():
            let_go(LEADERSHIP, self.holder)
        deadline.set()
        log.info("scheduler_stopped")

    def _add(self, name: str, seconds: int, work: Callable[[], int]) -> None:
        self.waker.add_job(
            self._woken(name, work),
            # At once, then every so often; by the machine's time, because PANEL_NOW moves ours.
            OrTrigger([DateTrigger(timezone=UTC), IntervalTrigger(seconds=seconds, timezone=UTC)]),
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def _led(self, work: Recurring) -> Callable[[], int]:
        def run() -> int:
            outcome = Pass()
            if not self.stop.is_set() and leads(LEADERSHIP, self.holder):
                _wake(work, outcome)
            return outcome.done

        return run

    def _woken(self, name: str, work: Callable[[], int]) -> Callable[[], None]:
        def run() -> None:
            with self.app.app_context():
                try:
                    work()
                except Exception as error:  # the database may be away for a while: it is tried again
                    log.error("wake_failed", work=name, exc_info=error)

        return run

    @staticmethod
    def _leave() -> None:
        log.warning("scheduler_cut_short", after_seconds=FINISH_SECONDS)
        os._exit(0)


def _after(seconds: float, cancelled: Event, act: Callable[[], None]) -> None:
    def wait() -> None:
        if not cancelled.wait(seconds):
            act()

    Thread(target=wait, daemon=True).start()
