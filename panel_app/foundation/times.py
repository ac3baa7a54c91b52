"""Wall-clock times and instants: text plus zone is the truth, the instant is computed beside it. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from panel_app.foundation.words import N_, Sentence, sentence

WALL = "%Y-%m-%dT%H:%M"


class WallClockError(ValueError):
    """A text that is no time, or a time that its zone skips or has twice. `sentence` says what to do."""

    def __init__(self, refusal: Sentence) -> None:
        super().__init__(str(refusal))
        self.sentence = refusal


def zone_exists(zone: str) -> bool:
    """Whether `zone` is an IANA name that we know."""
    try:
        return zone in available_timezones() and bool(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def to_instant(wall: str, zone: str) -> datetime:
    """`2027-01-20T17:00` in an IANA zone → the aware instant in UTC.

    Raises WallClockError for a text that is no time, and for a time that does not exist or comes twice there.
    """
    try:
        naive = datetime.fromisoformat(wall) if ":" in wall else None  # a day alone names no time
    except ValueError:
        naive = None
    if naive is None or naive.tzinfo is not None or naive.year not in range(1970, 2200):
        raise WallClockError(sentence(N_("Enter a date and a time, such as 2027-01-20 17:00.")))
    early = naive.replace(tzinfo=ZoneInfo(zone), fold=0)
    late = naive.replace(tzinfo=ZoneInfo(zone), fold=1)
    if early.utcoffset() != late.utcoffset():
        exists = early.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive
        text = (
            N_("%(time)s comes twice in %(zone)s: clocks go back then. Choose a time an hour earlier or later.")
            if exists
            else N_("%(time)s does not exist in %(zone)s: clocks go forward then. Choose a time an hour later.")
        )
        raise WallClockError(sentence(text, time=naive.strftime("%Y-%m-%d %H:%M"), zone=zone))
    return early.astimezone(UTC)


def to_wall(instant: datetime, zone: str) -> str:
    """The wall-clock text of an instant in a zone, to the minute."""
    return instant.astimezone(ZoneInfo(zone)).strftime(WALL)


@dataclass(frozen=True)
class Shown:
    """An instant as a page prints it: `text` in the round's zone, `own` in the reader's when it differs.

    `short`, `roughly`: the same for lists, where the page or the line's own page gives it in full.
    """

    iso: str
    text: str
    own: str | None
    relative: str
    short: str = ""
    roughly: str = ""


def place(zone: str) -> str:
    """The zone as people say it: `Europe/Lisbon` → Lisbon."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def clock_text(instant: datetime, zone: str, seconds: bool = False) -> str:
    """`Thu 3 Dec 2026 18:00 WET (Lisbon)`, the zone by its letters and its place; UTC is both at once."""
    local = instant.astimezone(ZoneInfo(zone))
    time = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    where = "" if local.strftime("%Z") == place(zone) else f" ({place(zone)})"
    return f"{local:%a} {local.day} {local:%b %Y} {time} {local:%Z}{where}"


def shown(instant: datetime, zone: str, viewer_zone: str | None, now: datetime, seconds: bool = False) -> Shown:
    """How an instant stands on a page: in the thing's zone, in the viewer's when their clocks differ, and from now."""
    theirs = viewer_zone or zone
    differs = instant.astimezone(ZoneInfo(theirs)).utcoffset() != instant.astimezone(ZoneInfo(zone)).utcoffset()
    return Shown(
        iso=instant.astimezone(UTC).isoformat(),
        text=clock_text(instant, zone, seconds),
        own=clock_text(instant, theirs, seconds) if differs else None,
        relative=relative(instant, now),
        short=short_text(instant, zone, now) + (f" {place(zone)}" if differs else ""),
        roughly=roughly(instant, now),
    )


def short_text(instant: datetime, zone: str, now: datetime) -> str:
    """`Mon 23 Nov 17:00`, with the year where it is another than now: for lists."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def roughly(instant: datetime, now: datetime) -> str:
    """`in 8 days`, `15 hours ago`: how far an instant is from now in its largest unit alone."""
    words = " ".join(_amount(abs(instant - now)).split()[:2])
    return f"in {words}" if instant > now else f"{words} ago"


def relative(instant: datetime, now: datetime) -> str:
    """`in 8 days`, `in 2 days 4 hours`, `5 minutes ago`: elapsed time between instants, not wall-clock parts."""
    gap = abs(instant - now)
    words = _amount(gap)
    return f"in {words}" if instant > now else f"{words} ago"


def _amount(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days >= 7:
        return _many(days, "day")
    if days:
        return _many(days, "day") + (f" {_many(hours, 'hour')}" if hours else "")
    if hours:
        return _many(hours, "hour")
    return _many(minutes, "minute") if minutes else "a moment"


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
