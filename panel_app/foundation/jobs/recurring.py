"""Work that comes back: a stage registers a function that finds what is due and not yet done, and does it.

    @recurring("outcomes.release", every_seconds=30)
    def release_due() -> int:
        '''Releases the outcomes whose time has come.'''

The scheduler only wakes it; a late or missed call loses nothing, because what is due is found by looking.
"""

from collections.abc import Callable
from dataclasses import dataclass

from panel_app.foundation.registry import Registry, page_text

Finding = Callable[[], int]


@dataclass(frozen=True)
class Recurring:
    """One function: its name, how often it is woken at least, what it does in words."""

    name: str
    every_seconds: int
    does: str
    run: Finding


RECURRING: Registry[Recurring] = Registry("recurring work")


def recurring(name: str, *, every_seconds: int) -> Callable[[Finding], Finding]:
    """Register a function that returns how many things it did. It opens its own transactions and bears being run twice.

    Raises ValueError for a double name, a missing docstring, or less than a second.
    """
    if every_seconds < 1:
        raise ValueError(f"{name}: wake it every second at most")

    def register(run: Finding) -> Finding:
        RECURRING.add(Recurring(name, every_seconds, page_text(run, "recurring work"), run))
        return run

    return register
