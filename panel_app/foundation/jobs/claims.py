"""What outbox and jobs share: claims under a lease, waits that double, and who leads.

A claim names its lease by the running time (`clock.running()`), because the clock of an act stands still meanwhile.
"""

from datetime import datetime, timedelta

from flask import current_app

from panel_app import clock
from panel_app.config import Settings
from panel_app.foundation.database import Conflicted, locked, transaction
from panel_app.foundation.jobs.models import Lease

MOST_WAIT = timedelta(hours=6)
"""Between two tries never longer: a server that was mended is found on the same day."""


def settings() -> Settings:
    """The settings of the running app."""
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found


def lease_end() -> datetime:
    """Until when a claim that is made now belongs to its process: aware, LEASE_SECONDS from the running time."""
    return clock.running() + timedelta(seconds=settings().lease_seconds)


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures (from 1): RETRY_SECONDS, doubled each time, six hours at most."""
    doublings = min(max(failures, 1) - 1, 30)
    return min(timedelta(seconds=settings().retry_seconds * (1 << doublings)), MOST_WAIT)


def leads(name: str, holder: str) -> bool:
    """Whether `holder` (a process) holds the lease of this name: takes it when it is free, renews it when it is theirs.

    Several schedulers may run; what only one needs to do asks this first.
    """
    now, until = clock.running(), lease_end()
    try:
        with transaction() as db:
            lease = locked(db, Lease, name=name)
            if lease is None:
                db.add(Lease(name=name, holder=holder, until=until))
            elif lease.holder == holder or lease.until <= now:
                lease.holder, lease.until = holder, until
            else:
                return False
            return True
    except Conflicted:  # another process put its row in just before
        return False


def let_go(name: str, holder: str) -> None:
    """Give a lease back, so that another process may lead at once."""
    with transaction() as db:
        lease = locked(db, Lease, name=name)
        if lease is not None and lease.holder == holder:
            db.delete(lease)
