"""Times of day on days that may be an hour short or long: always an instant that exists, once each day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
MOST_KEPT = 4096
"""Days, times and zones of a round come again for each person in it: so many answers are kept."""


@dataclass(frozen=True)
class Hours:
    """At what time of day reminders speak, and when nobody is written to. Equal ends of the quiet: there is none."""

    remind_at: time
    quiet_from: time
    quiet_until: time


@lru_cache(MOST_KEPT)
def on_day(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) of a time of day in a zone.

    A time that the day skips is the first instant after the gap; one that comes twice is the first of the two.
    """
    naive, place = datetime.combine(day, at), ZoneInfo(zone)
    first, second = (naive.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    return _first_after_gap(second, first, place) if second < first else first


def _first_after_gap(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The instant between two at which the clocks change, found by halving to the second."""
    offset = before.astimezone(place).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(place).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def day_of(instant: datetime, zone: str) -> date:
    """The calendar day of an instant in a zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def is_quiet(instant: datetime, hours: Hours, zone: str) -> bool:
    """Whether the reader's quiet hours cover this instant."""
    return _quiet_end(instant, hours, zone) is not None


def after_quiet(instant: datetime, hours: Hours, zone: str) -> datetime:
    """The instant itself, or the end of the reader's quiet hours when they cover it."""
    return _quiet_end(instant, hours, zone) or instant


@lru_cache(MOST_KEPT)
def _quiet_end(instant: datetime, hours: Hours, zone: str) -> datetime | None:
    if hours.quiet_from == hours.quiet_until:
        return None
    overnight = timedelta(days=1) if hours.quiet_from > hours.quiet_until else timedelta()
    today = day_of(instant, zone)
    for day in (today - timedelta(days=1), today):
        begin, end = on_day(day, hours.quiet_from, zone), on_day(day + overnight, hours.quiet_until, zone)
        if begin <= instant < end:
            return end
    return None
