"""The four dates of a round: wall-clock texts in its zone, the instants beside them, and how they may move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from panel_app.foundation.times import WALL, to_instant
from panel_app.foundation.words import N_, Sentence, sentence


class Which(StrEnum):
    """One of a round's dates, in the order in which they must lie."""

    OPENS = "opens"
    CLOSES = "closes"
    SCORING_DUE = "scoring_due"
    RELEASE = "release"


TITLES: Mapping[Which, str] = {
    Which.OPENS: N_("Opens for portfolios"),
    Which.CLOSES: N_("Closes for portfolios"),
    Which.SCORING_DUE: N_("Score sheets due"),
    Which.RELEASE: N_("Release of outcomes"),
}


IN_ORDER: Mapping[Which, str] = {
    Which.CLOSES: N_("Enter a closing time after the opening."),
    Which.SCORING_DUE: N_("Enter a time for score sheets after the closing."),
    Which.RELEASE: N_("Enter a release after score sheets are due."),
}
"""What to do where a date doesn't lie after the one before it: the form says it, and the schema where two race."""


@dataclass(frozen=True)
class Moment:
    """A wall-clock time (`2027-01-20T17:00`, in the round's zone) and its instant in UTC."""

    wall: str
    at: datetime


Dates = Mapping[Which, Moment]


def moment(wall: str, zone: str) -> Moment:
    """Read a wall-clock text. Raises WallClockError for no time, and for one that the zone skips or has twice."""
    to_instant(wall, zone)
    to_the_minute = datetime.fromisoformat(wall).strftime(WALL)
    return Moment(to_the_minute, to_instant(to_the_minute, zone))


def moments(walls: Mapping[Which, str], zone: str) -> dict[Which, Moment]:
    """Read all dates of a round. Raises WallClockError, as `moment` does."""
    return {which: moment(walls[which], zone) for which in walls}


def is_open(opens_at: datetime, closes_at: datetime, at: datetime, grace_seconds: int = 0) -> bool:
    """Say whether portfolios are taken at this instant: from the opening to the close, both included, plus grace."""
    return opens_at <= at <= closes_at + timedelta(seconds=grace_seconds)


def step_due(start: datetime, days: int, window: timedelta, end: datetime) -> datetime:
    """When a step that begins at `start` is due: `days` later, in a short round half-days and minutes like the rest.

    `window`: the time that the round has for this step, and the longest that one is given. Never after `end`, the
    round's next date, while at least half of the time lies before it; else after it: pages and the coordinator's first
    page say so, and that the release is to be moved.
    """
    length = min(timedelta(days=days), window)
    wanted = start + length
    return end if wanted > end and end - start >= length / 2 else wanted


def moved(old: Dates, new: Dates) -> dict[Which, tuple[Moment, Moment]]:
    """Return the dates that differ, each with what it was and what it shall be."""
    return {which: (old[which], new[which]) for which in Which if which in new and new[which].wall != old[which].wall}


def refusal_of_move(which: Which, old: Moment, new: Moment, now: datetime) -> Sentence | None:
    """Return why a published date may not move so, or None when it may.

    docs/rules.md: a published date moves with a reason; an earlier deadline for candidates is refused. A date that has
    passed stays, because people have acted on it.
    """
    title = TITLES[which]
    if old.at <= now:
        if which is Which.CLOSES:
            return sentence(N_("The round has closed. Grant an extension to the portfolios that need one."))
        return sentence(N_("“%(date)s” has passed, so it stays as it is. Leave it unchanged."), date=title)
    if which is Which.CLOSES and new.at < old.at:
        return sentence(
            N_("Candidates were promised the time until %(was)s. Choose a later time, or leave it unchanged."),
            was=old.wall.replace("T", " "),
        )
    if new.at <= now:
        return sentence(N_("Choose a time for “%(date)s” that is still to come."), date=title)
    return None
