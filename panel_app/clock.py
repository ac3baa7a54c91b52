"""The only clock of the house: one instant per request or job, pinned at its start."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, datetime, timedelta
from time import monotonic

_pinned: ContextVar[datetime | None] = ContextVar("pinned_instant", default=None)
_started: tuple[datetime, float] | None = None


def now() -> datetime:
    """The instant of this request or job, aware and in UTC; the running time where nothing is pinned."""
    return _pinned.get() or running()


def running() -> datetime:
    """The time that goes on while an act runs: for leases and measurements, never for a decision."""
    if _started is None:
        return datetime.now(UTC)
    instant, at = _started
    return instant + timedelta(seconds=monotonic() - at)


def start_at(instant: datetime | None) -> None:
    """Let the clock start at an aware `instant` and run on (PANEL_NOW, outside production); None: the machine's.

    It runs on evenly: where the machine's own is set back, nothing that was just done lies in the future.
    """
    global _started  # noqa: PLW0603  the clock is the one thing that a process has once
    _started = None if instant is None else (instant.astimezone(UTC), monotonic())


def pin(instant: datetime | None = None) -> Token[datetime | None]:
    """Hold the clock at `instant` (aware; the running time if none) until `unpin` gets the token back."""
    return _pinned.set((instant or now()).astimezone(UTC))


def unpin(token: Token[datetime | None]) -> None:
    """Let go of a pinned instant."""
    _pinned.reset(token)


@contextmanager
def pinned(instant: datetime | None = None) -> Iterator[datetime]:
    """Everything inside sees one instant. Raises ValueError for a naive one."""
    if instant is not None and instant.tzinfo is None:
        raise ValueError("the clock takes aware instants only")
    token = pin(instant)
    try:
        yield now()
    finally:
        unpin(token)
