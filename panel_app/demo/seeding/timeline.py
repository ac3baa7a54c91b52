"""Acts in the order of their times, each with the clock pinned at its own; the scheduler's work between."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from panel_app import clock

Act = Callable[[], object]
PAUSE = timedelta(minutes=30)
"""In a pause as long as this the scheduler has caught up with what was done before it."""
CAUGHT_UP = timedelta(minutes=10)


@dataclass(frozen=True, order=True)
class Step:
    """One act at an aware instant; `number` keeps the order of those at the same one."""

    at: datetime
    number: int
    act: Act = field(compare=False)


class Timeline:
    """The story of a seeding. `catch_up` does what a scheduler would: jobs and mail."""

    def __init__(self, now: datetime, catch_up: Act) -> None:
        self.now, self.catch_up = now.astimezone(UTC), catch_up
        self._steps: list[Step] = []
        self._count = 0

    def day(self, day: int) -> date:
        """The day so many days from today; those of the past are negative."""
        return self.now.date() + timedelta(days=day)

    def at(self, day: int, hour: float) -> datetime:
        """An instant on that day, `hour` by UTC (9.5: half past nine)."""
        return datetime.combine(self.day(day), time(tzinfo=UTC)) + timedelta(hours=hour)

    def on(self, day: int, hour: float, act: Act) -> None:
        """Let an act happen on a day at an hour."""
        self.then(self.at(day, hour), act)

    def then(self, at: datetime, act: Act) -> None:
        """Let an act happen at an instant; acts may add others, later than themselves."""
        self._count += 1
        heapq.heappush(self._steps, Step(at, self._count, act))

    def play(self) -> None:
        """Let everything happen, in order, up to now."""
        while self._steps:
            step = heapq.heappop(self._steps)
            with clock.pinned(step.at):
                step.act()
            following = self._steps[0].at if self._steps else self.now
            if following - step.at >= PAUSE:
                with clock.pinned(step.at + CAUGHT_UP):
                    self.catch_up()
