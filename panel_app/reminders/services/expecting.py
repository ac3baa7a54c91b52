"""Which reminders there are in a round up to an instant: the runner, the page and the last look all ask here."""

from collections.abc import Collection, Iterator
from datetime import datetime, time

from panel_app.reminders.queries.rounds import RoundAtWork, coordinators, parted
from panel_app.reminders.rules.hours import Hours, is_quiet
from panel_app.reminders.rules.occurrences import Digest, Occurrence, Plan
from panel_app.reminders.rules.registry import REMINDERS, ReminderRule


def expected(round_: RoundAtWork, until: datetime, subjects: Collection[str] | None = None) -> list[Occurrence]:
    """Every occurrence of every rule due until then, made or not. Two statements, and those that the rules read.

    Nobody is told of a portfolio from which they are parted.
    """
    told = coordinators(round_.id)
    apart = parted([each.person_id for each in told])
    hours = hours_of(round_)
    found: list[Occurrence] = []
    for rule in rules_at_work(round_):
        plan = Plan(rule.name, round_.working.reminder(rule.name), round_.zone, hours, until, told)
        for waiting in rule.reads(round_.id, subjects):
            found += rule.tells(waiting, plan)
    return [each for each in found if not (each.escalated and _pair(each) in apart)]


def _pair(occurrence: Occurrence) -> tuple[int, int | None]:
    return occurrence.reader.person_id, occurrence.waiting.portfolio_id


def rules_at_work(round_: RoundAtWork) -> Iterator[ReminderRule]:
    """The rules that are switched on in the round."""
    return (rule for rule in REMINDERS if round_.working.reminder(rule.name).is_on)


def hours_of(round_: RoundAtWork) -> Hours:
    """The round's time of day for reminders, and its quiet hours."""
    working = round_.working
    return Hours(*(time.fromisoformat(text) for text in (working.remind_at, working.quiet_from, working.quiet_until)))


def waits_for_morning(digest: Digest, hours: Hours, now: datetime) -> bool:
    """Whether a message has to wait for the end of its reader's quiet hours. One that was due inside of them goes:
    its deadline would have passed by their end.
    """
    zone = digest.reader.zone
    due_inside = any(is_quiet(item.latest.due_at, hours, zone) for item in digest.items)
    return is_quiet(now, hours, zone) and not due_inside
