"""How often something may happen in a window: counted in our table, so that all workers see the same number.

Each try is counted before the work is done, in a transaction of its own, so that parallel tries can't slip through.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from panel_app import clock
from panel_app.foundation.database import transaction
from panel_app.foundation.jobs.models import Throttle


class TooMany(Exception):
    """The limit of this window is reached. `wait`: seconds until the next window begins."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass(frozen=True)
class Limit:
    """At most `most` times in a window for one bucket: a kind of act, and an account, an address or all together."""

    bucket: str
    most: int


def bucket(act: str, scope: str, whose: str = "") -> str:
    """The name of a bucket. Whose it is stands in it as a hash only: an address of a person is nobody's business."""
    digest = hashlib.sha256(f"{act}:{scope}:{whose}".encode()).hexdigest()
    return f"{act}:{scope}:{digest[:40]}"


def network_of(address: str | None) -> str:
    """What counts as one network address: an IPv6 caller commands 64 bits, so its network does."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else str(found)


def count(limits: list[Limit], window: timedelta) -> None:
    """Count one try in each bucket. Raises TooMany at the first that is full; wider ones are then not counted.

    Hand in the narrow buckets first: so one caller who is refused can't fill the bucket of all.
    """
    start, counted = _window_start(window), 0
    for limit in limits:
        counted = _counted(limit.bucket, start)
        if counted > limit.most:
            raise TooMany(max(1, int((start + window - clock.now()).total_seconds())))
    if counted == 1:
        _forget(start)


def give_back(limits: list[Limit], window: timedelta) -> None:
    """Take one try back out of each bucket, when it turned out to be a good one."""
    with transaction() as db:
        for limit in limits:
            same = (Throttle.bucket == limit.bucket, Throttle.window_start == _window_start(window), Throttle.count > 0)
            db.execute(update(Throttle).where(*same).values(count=Throttle.count - 1))


def _forget(start: datetime) -> None:
    """Delete the buckets of windows that ended a day before: once a window, when its widest bucket begins."""
    with transaction() as db:
        db.execute(delete(Throttle).where(Throttle.window_start < start - timedelta(days=1)))


def _window_start(window: timedelta) -> datetime:
    seconds = max(1, int(window.total_seconds()))
    now = int(clock.now().timestamp())
    return datetime.fromtimestamp(now - now % seconds, UTC)


def _counted(name: str, start: datetime) -> int:
    """One statement that begins a window or adds one to it, and gives the new count: no two tries get the same."""
    with transaction() as db:
        insert = sqlite_insert if db.get_bind().dialect.name == "sqlite" else postgresql_insert
        row = insert(Throttle).values(bucket=name, window_start=start, count=1)
        more = case((Throttle.window_start == row.excluded.window_start, Throttle.count + 1), else_=1)
        row = row.on_conflict_do_update(
            index_elements=[Throttle.bucket], set_={"count": more, "window_start": row.excluded.window_start}
        )
        return int(db.execute(row.returning(Throttle.count)).scalar_one())
