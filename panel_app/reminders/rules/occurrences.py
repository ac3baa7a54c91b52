"""What waits on a person, and which reminders of it there are: before it is due, on the day, overdue, escalated."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from panel_app.foundation.words import Sentence
from panel_app.programmes.rules.policies import ReminderSetting
from panel_app.reminders.rules.hours import Hours, after_quiet, day_of, on_day

LATE_AFTER = timedelta(minutes=15)
"""A reminder that leaves later than this after its time says that it is late: the runner wakes each minute."""


@dataclass(frozen=True)
class Reader:
    """A person to write to: id, how they are addressed, the zone in which they sleep, their language."""

    person_id: int
    name: str
    zone: str
    locale: str = "en"


@dataclass(frozen=True)
class Waiting:
    """A thing that waits on a person.

    `subject` is its public key; `since` when the wait began (nothing of before is made up for); `deadline` the
    person's own. `endpoint` and `values` name the page where it is done; `coordinators_page` where one looks at it.
    `about_candidate`: the reader is the candidate, so a coordinator reads the reference in place of the name.
    `all_late`: where several people are awaited for one thing, the names of all, on the row that tells coordinators.
    """

    subject: str
    reader: Reader
    since: datetime
    deadline: datetime
    what: Sentence
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    portfolio_id: int | None = None
    portfolio_key: str = ""
    about_candidate: bool = False
    all_late: str = ""


@dataclass(frozen=True)
class Occurrence:
    """One reminder of one rule: unique by (rule, subject, person, occurrence). `escalated`: to a coordinator."""

    rule: str
    reader: Reader
    occurrence: str
    due_at: datetime
    waiting: Waiting
    escalated: bool = False

    @property
    def identity(self) -> tuple[str, str, int, str]:
        """What is unique in the table of occurrences."""
        return self.rule, self.waiting.subject, self.reader.person_id, self.occurrence


@dataclass(frozen=True)
class Plan:
    """One rule's times in one round: its setting, the round's zone and hours, its coordinators, up to when to look."""

    rule: str
    setting: ReminderSetting
    zone: str
    hours: Hours
    until: datetime
    coordinators: tuple[Reader, ...] = ()

    def before(self, waiting: Waiting) -> Iterator[Occurrence]:
        """So many days before the deadline, in the round's calendar."""
        for days in self.setting.before_due_days:
            yield from self._made(waiting, f"before-{days}", -days)

    def on_due(self, waiting: Waiting) -> Iterator[Occurrence]:
        """On the day of the deadline; on the day before when its hour comes too late."""
        if self.setting.on_due:
            late = self._at(waiting, 0) >= waiting.deadline
            yield from self._made(waiting, "due", -1 if late else 0)

    def overdue(self, waiting: Waiting) -> Iterator[Occurrence]:
        """Every so many days after the deadline, until it is done."""
        every = self.setting.overdue_every_days
        days = every or 0
        while every and self._at(waiting, days) <= self.until:
            yield from self._made(waiting, f"overdue-{days}", days)
            days += every

    def escalated(self, waiting: Waiting) -> Iterator[Occurrence]:
        """Once to each coordinator, so many days after the deadline."""
        days = self.setting.escalate_after_days
        if days is not None:
            for coordinator in self.coordinators:
                yield from self._made(waiting, f"told-{days}", days, coordinator)

    def _made(self, waiting: Waiting, name: str, days: int, coordinator: Reader | None = None) -> Iterator[Occurrence]:
        """The occurrence of a day, unless it lies before the wait began; a moved deadline makes new ones."""
        reader = coordinator or waiting.reader
        at = self._at(waiting, days)
        later = after_quiet(at, self.hours, reader.zone)
        due_at = at if at < waiting.deadline <= later else later
        if waiting.since < due_at <= self.until:
            stamp = waiting.deadline.astimezone(UTC).strftime("%Y%m%dT%H%M")
            yield Occurrence(self.rule, reader, f"{name}@{stamp}", due_at, waiting, coordinator is not None)

    def _at(self, waiting: Waiting, days: int) -> datetime:
        day = day_of(waiting.deadline, self.zone) + timedelta(days=days)
        return on_day(day, self.hours.remind_at, self.zone)


def all_times(plan: Plan, waiting: Waiting) -> Iterator[Occurrence]:
    """Before, on the day, overdue, and to the coordinators: the usual four."""
    yield from plan.before(waiting)
    yield from plan.on_due(waiting)
    yield from plan.overdue(waiting)
    yield from plan.escalated(waiting)


@dataclass(frozen=True)
class Item:
    """One line of a message: the latest due occurrence of a thing, with those that it makes up for."""

    latest: Occurrence
    merged: tuple[Occurrence, ...] = ()

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All that this line carries."""
        return (*self.merged, self.latest)

    def is_late(self, now: datetime) -> bool:
        """Whether the line leaves later than it should."""
        return now - self.latest.due_at > LATE_AFTER


@dataclass(frozen=True)
class Digest:
    """What one person gets in one message: their lines, by deadline."""

    reader: Reader
    items: tuple[Item, ...]

    @property
    def due_at(self) -> datetime:
        """When the message was due: with the earliest of its lines' latest occurrences."""
        return min(item.latest.due_at for item in self.items)


def digests(occurrences: Iterable[Occurrence]) -> list[Digest]:
    """One message for each person: roles and rules together, and each thing once, by its latest occurrence."""
    things: dict[tuple[int, str, str, bool], list[Occurrence]] = {}
    for each in sorted(occurrences, key=lambda one: (one.due_at, one.occurrence)):
        key = (each.reader.person_id, each.rule, each.waiting.subject, each.escalated)
        things.setdefault(key, []).append(each)
    lines: dict[int, list[Item]] = {}
    for (person_id, *_), found in things.items():
        lines.setdefault(person_id, []).append(Item(found[-1], tuple(found[:-1])))
    return [Digest(items[0].latest.reader, tuple(sorted(items, key=_order))) for _, items in sorted(lines.items())]


def _order(item: Item) -> tuple[bool, datetime, str, str]:
    return item.latest.escalated, item.latest.waiting.deadline, item.latest.rule, item.latest.waiting.subject
