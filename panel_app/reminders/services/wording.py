"""What a message says: one place for the runner and for the preview, so that the preview is what is sent."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale, gettext, ngettext

from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown, shown
from panel_app.reminders.queries.rounds import RoundAtWork
from panel_app.reminders.rules.occurrences import Digest, Item, Waiting
from panel_app.reminders.rules.registry import REMINDERS

KIND = "reminders/digest"


@dataclass(frozen=True)
class Line:
    """One thing in a message: what it is, who is late (to coordinators alone), until when, where to go."""

    what: str
    who: str
    due: Shown
    is_over: bool
    is_late: bool
    endpoint: str
    values: dict[str, str]


@dataclass(frozen=True)
class Section:
    """The lines of one rule."""

    title: str
    lines: list[Line]


def words(round_: RoundAtWork, digest: Digest, now: datetime) -> dict[str, object]:
    """What the template gets, in the reader's language: subject, sections, the round's title."""
    with force_locale(digest.reader.locale):
        return {
            "round_title": round_.title,
            "round_key": round_.key,
            "title": _subject(round_, digest, now),
            "sections": _sections(round_, digest, now),
            "is_late": any(item.is_late(now) for item in digest.items),
        }


def _subject(round_: RoundAtWork, digest: Digest, now: datetime) -> str:
    if len(digest.items) > 1:
        return str(
            ngettext(
                "%(round)s: %(num)s thing waits",
                "%(round)s: %(num)s things wait",
                len(digest.items),
                round=round_.title,
            )
        )
    waiting = digest.items[0].latest.waiting
    if waiting.deadline < now:
        return str(gettext("Overdue: %(what)s (%(round)s)", what=say(waiting.what), round=round_.title))
    return f"{round_.title}: {say(waiting.what)}"


def _sections(round_: RoundAtWork, digest: Digest, now: datetime) -> list[Section]:
    lines: dict[tuple[bool, str], list[Line]] = {}
    for item in digest.items:
        lines.setdefault((item.latest.escalated, item.latest.rule), []).append(_line(round_, item, now))
    return [Section(_title(rule, escalated), found) for (escalated, rule), found in lines.items()]


def _title(rule: str, escalated: bool) -> str:
    title = str(gettext(REMINDERS[rule].title))
    return str(gettext("%(title)s that others have not done", title=title)) if escalated else title


def _line(round_: RoundAtWork, item: Item, now: datetime) -> Line:
    waiting, reader = item.latest.waiting, item.latest.reader
    endpoint, values = _place(round_, waiting) if item.latest.escalated else (waiting.endpoint, dict(waiting.values))
    return Line(
        what=say(waiting.what),
        who=(waiting.all_late or waiting.reader.name) if item.latest.escalated else "",
        due=shown(waiting.deadline, round_.zone, reader.zone, now),
        is_over=waiting.deadline < now,
        is_late=item.is_late(now),
        endpoint=endpoint,
        values=values,
    )


def _place(round_: RoundAtWork, waiting: Waiting) -> tuple[str, dict[str, str]]:
    return "portfolios.case", {"round_key": round_.key, "portfolio_key": waiting.portfolio_key}
