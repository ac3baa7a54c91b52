"""What will go out next: the same occurrences, the same words, at the times to come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from panel_app.foundation.outbox.post import Recipient, render_text
from panel_app.reminders.queries.made import made_in
from panel_app.reminders.queries.rounds import RoundAtWork
from panel_app.reminders.rules.hours import after_quiet
from panel_app.reminders.rules.occurrences import Digest, Occurrence, digests
from panel_app.reminders.services.expecting import expected, hours_of, waits_for_morning
from panel_app.reminders.services.wording import KIND, words

AHEAD = timedelta(days=14)
MOST = 50
"""A look ahead of two weeks and one page: what lies further off moves with the dates. No promise to anyone."""


@dataclass(frozen=True)
class Coming:
    """A message to come: when, to whom, what. `text` is what will be sent if nothing is done until then.

    `to_candidate`: name the reader by `reference`.
    """

    at: datetime
    to: str
    reference: str
    to_candidate: bool
    subject: str
    text: str
    rules: tuple[str, ...]


def coming(round_: RoundAtWork, now: datetime, hidden: frozenset[int]) -> list[Coming]:
    """The messages of the next 14 days, the earliest first, 50 at most; nothing about the `hidden` portfolios.

    What is due already and not yet made (quiet hours, a scheduler that rests) stands on top.
    """
    made = made_in(round_.id)
    open_ones = [
        each
        for each in expected(round_, now + AHEAD)
        if each.identity not in made and each.waiting.portfolio_id not in hidden
    ]
    found = sorted(_earliest(round_, open_ones, now), key=lambda pair: (pair[0], pair[1].reader.person_id))
    return [_row(round_, at, digest) for at, digest in found[:MOST]]


def _earliest(round_: RoundAtWork, open_ones: Iterable[Occurrence], now: datetime) -> list[tuple[datetime, Digest]]:
    """One message for each person and moment, by moments until there are enough; what is due by now goes together."""
    at_once: list[Occurrence] = []
    later: dict[datetime, list[Occurrence]] = defaultdict(list)
    for each in open_ones:
        (at_once if each.due_at <= now else later[each.due_at]).append(each)
    hours = hours_of(round_)
    found = [
        (after_quiet(now, hours, each.reader.zone) if waits_for_morning(each, hours, now) else now, each)
        for each in digests(at_once)
    ]
    for at in sorted(later):
        if sum(begun <= at for begun, _ in found) >= MOST:
            break
        found += [(at, digest) for digest in digests(later[at])]
    return found


def _row(round_: RoundAtWork, at: datetime, digest: Digest) -> Coming:
    waiting = digest.items[0].latest.waiting
    to_candidate = any(item.latest.waiting.about_candidate for item in digest.items)
    name = waiting.reference if to_candidate else digest.reader.name
    values = words(round_, digest, at)
    return Coming(
        at=at,
        to=digest.reader.name,
        reference=waiting.reference,
        to_candidate=to_candidate,
        subject=str(values["title"]),
        text=_text(digest, name, values),
        rules=tuple(sorted({item.latest.rule for item in digest.items})),
    )


def _text(digest: Digest, name: str, values: dict[str, object]) -> str:
    to = Recipient("", name, digest.reader.zone, digest.reader.locale, refused=False)
    return render_text(KIND, to, values)[1]
