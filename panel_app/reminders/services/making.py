"""The runner: finds what is due and not yet made, and writes one message to each person."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from panel_app import clock
from panel_app.foundation.database import Conflicted, transaction
from panel_app.foundation.outbox.post import post
from panel_app.foundation.outbox.wanted import Verdict
from panel_app.reminders.models import ReminderOccurrence
from panel_app.reminders.queries.made import Carried, carried_by, made_in
from panel_app.reminders.queries.rounds import RoundAtWork, rounds_at_work
from panel_app.reminders.rules.occurrences import Digest, Item, digests
from panel_app.reminders.services.expecting import expected, hours_of, waits_for_morning
from panel_app.reminders.services.wording import KIND, words

log = structlog.get_logger()


def make_due() -> int:
    """Write every reminder that is due and was not written yet, in all published rounds; gives how many messages.

    What is due is found by looking, so a runner that was away makes up for it, once, and says that it is late.
    """
    now = clock.now()
    return sum(_make(round_, now) for round_ in rounds_at_work(now))


def _make(round_: RoundAtWork, now: datetime) -> int:
    made = made_in(round_.id)
    due = [each for each in expected(round_, now) if each.identity not in made]
    hours = hours_of(round_)
    written = 0
    for digest in digests(due):
        if not waits_for_morning(digest, hours, now):
            written += _write_once(round_, digest, now)
    return written


def _write_once(round_: RoundAtWork, digest: Digest, now: datetime) -> bool:
    try:
        return _write(round_, digest, f"reminder:{round_.id}:{digest.reader.person_id}:{now.isoformat()}", now)
    except Conflicted:  # another scheduler made one of them just before: the next look sees it
        log.info("reminder_made_elsewhere", round_id=round_.id, person_id=digest.reader.person_id)
        return False


def _write(round_: RoundAtWork, digest: Digest, occasion: str, now: datetime) -> bool:
    """The message and its occurrences, in one transaction. False when the person has no address at all."""
    with transaction() as db:
        message_id = _post(round_, digest, occasion, now)
        if message_id is None:
            return False
        for item in digest.items:
            db.add_all(_rows(round_, item, message_id, now))
        log.info("reminder_made", round_id=round_.id, person_id=digest.reader.person_id, items=len(digest.items))
        return True


def _post(round_: RoundAtWork, digest: Digest, occasion: str, now: datetime) -> int | None:
    single = digest.items[0].latest.waiting.subject if len(digest.items) == 1 else None
    return post(
        occasion,
        KIND,
        digest.reader.person_id,
        round_id=round_.id,
        subject_key=single,
        due_at=digest.due_at,
        sender_name=round_.title,
        **words(round_, digest, now),
    )


def _rows(round_: RoundAtWork, item: Item, message_id: int, now: datetime) -> Iterable[ReminderOccurrence]:
    for each in item.occurrences:
        yield ReminderOccurrence(
            rule=each.rule,
            round_id=round_.id,
            subject=each.waiting.subject,
            person_id=each.reader.person_id,
            occurrence=each.occurrence,
            due_at=each.due_at,
            is_late=item.is_late(now),
            notification_id=message_id,
            made_at=now,
        )


def last_look(message_id: int, round_id: int | None, occasion: str) -> Verdict:
    """Whether a written reminder is still wanted, read again just before it is sent.

    True: all of it. False: everything in it is settled. "replaced": a part is; a message about the rest was written.
    """
    now = clock.now()
    carried = carried_by(message_id)
    rounds = rounds_at_work(now, round_id) if round_id is not None else []
    if not rounds:
        return False
    known = {each.identity: each for each in carried}
    found = expected(rounds[0], now, {each.subject for each in carried})
    still = {each.identity: each for each in found if each.identity in known}
    if len(still) == len(known):
        return True
    if not still:
        return False
    (rest,) = digests(still.values())
    _replace(rounds[0], rest, f"{occasion}+", [known[identity] for identity in still], now)
    return "replaced"


def _replace(round_: RoundAtWork, rest: Digest, occasion: str, carried: list[Carried], now: datetime) -> None:
    with transaction() as db:
        message_id = _post(round_, rest, occasion, now)
        for each in carried:
            row = db.get_one(ReminderOccurrence, each.id)
            if message_id is not None:
                row.notification_id = message_id
