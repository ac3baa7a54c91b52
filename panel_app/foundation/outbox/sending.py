"""Sending: each message is claimed in one transaction, sent with none open, settled in another.

A stop between the mail server's "250" and our mark can't be told from a failure: the claim runs out, another process
sends the same row again under the same Message-ID, and `resent` counts it; so it does where the line broke between
the letter and the answer. That is the one window.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import ColumnElement, Select, and_, or_, select

from panel_app import clock
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.jobs.claims import lease_end, wait_after
from panel_app.foundation.keys import new_key
from panel_app.foundation.mail import Answer, Carrier, Letter, Said
from panel_app.foundation.outbox.models import Delivered, Notification
from panel_app.foundation.outbox.post import recipient_of
from panel_app.foundation.outbox.refusals import tell_refused
from panel_app.foundation.outbox.restore import count_delivered, know_count
from panel_app.foundation.outbox.states import MESSAGE, MessageAct, MessageState
from panel_app.foundation.outbox.wanted import Waiting, verdict

log = structlog.get_logger()

MOST_FAILURES = 12
"""Then the message is given up and its coordinator told: with waits that double from a minute, after 20 hours."""


@dataclass(frozen=True)
class ClaimedMessage:
    """A message that is ours until its lease runs out. `token` names this one claim."""

    id: int
    person_id: int | None
    token: str
    letter: Letter


def send_due(
    carrier: Carrier, *, stopped: Callable[[], bool] = lambda: False, delivered: Callable[[int], None] | None = None
) -> int:
    """Send every message that is due, one after the other; gives how many were tried. Many processes may do so at once.

    Ends early when `stopped()` or when the server can't be reached. `delivered(n)` hears, after each message that the
    server took, how many this database knows to have gone out.
    """
    know_count()
    tried = 0
    while not stopped():
        with clock.pinned():
            claimed = claim_message()
            if claimed is None:
                break
            answer = carrier.send(claimed.letter)
            count = settle_message(claimed, answer)
        tried += 1
        if count is not None and delivered is not None:
            delivered(count)
        if answer.said is Said.UNREACHABLE:
            break
    carrier.close()
    return tried


def claim_message() -> ClaimedMessage | None:
    """Take one message that is due, or whose sender died, for LEASE_SECONDS; rows that others hold are passed over.

    On its way it settles those that are not wanted any more, or whose address the server has refused for good.
    """
    with transaction() as session:
        while row := session.scalars(_next_due()).first():
            if row.state is MessageState.PENDING and (act := _stop(row)) is not None:
                row.state = MESSAGE.after(act, row.state)
                log.info("message_stopped", message=row.key, kind=row.kind, state=row.state.value)
                session.flush()
                continue
            return _claim(row)
        return None


def _next_due() -> Select[Notification]:
    found = select(Notification).where(claimable(clock.now(), clock.running()))
    found = found.order_by(Notification.next_try_at, Notification.id).limit(1)
    return found.with_for_update(skip_locked=True).execution_options(populate_existing=True)


def claimable(now: datetime, running: datetime) -> ColumnElement[bool]:
    """What may be sent: due and waiting, or held by a sender that died; nothing that may have gone before a restore."""
    waits = and_(Notification.state == MessageState.PENDING, Notification.next_try_at <= now)
    orphaned = and_(Notification.state == MessageState.SENDING, Notification.lease_until <= running)
    return and_(or_(waits, orphaned), ~held_after_restore())


def held_after_restore() -> ColumnElement[bool]:
    """What was due before the data were restored from a copy, until someone decides about it."""
    until = select(Delivered.restored_until).where(Delivered.restored_until >= Notification.due_at)
    return and_(
        Notification.state == MessageState.PENDING,
        Notification.cleared_at.is_(None),
        until.correlate(Notification).exists(),
    )


def _stop(row: Notification) -> MessageAct | None:
    """What ends a message before it is sent, if anything does."""
    if row.person_id is not None:
        to = recipient_of(row.person_id)
        if to is None:
            return MessageAct.SKIP
        if to.refused and to.address == row.recipient:
            return MessageAct.SUPPRESS
    message = Waiting(row.id, row.key, row.occasion, row.kind, row.person_id, row.round_id, row.subject_key, row.due_at)
    answer = verdict(message)
    if answer == "replaced":
        return MessageAct.SUPERSEDE
    return None if answer else MessageAct.SKIP


def _claim(row: Notification) -> ClaimedMessage:
    orphaned = row.state is MessageState.SENDING
    row.state = MESSAGE.after(MessageAct.TAKE_OVER if orphaned else MessageAct.CLAIM, row.state)
    row.resent += orphaned
    row.attempts += 1
    row.lease_until, row.claimed_by = lease_end(), new_key()
    if orphaned:
        log.warning("message_taken_over", message=row.key, kind=row.kind, resent=row.resent)
    letter = Letter(row.key, row.message_id, row.recipient, row.sender_name, row.subject, row.text, row.html)
    return ClaimedMessage(row.id, row.person_id, row.claimed_by, letter)


def settle_message(claimed: ClaimedMessage, answer: Answer) -> int | None:
    """Write down what the server said. Gives how many messages have gone out in all when this one did, else None.

    A claim that ran out meanwhile belongs to someone else now: nothing is written.
    """
    with transaction() as session:
        mine = select(Notification).filter_by(id=claimed.id, claimed_by=claimed.token, state=MessageState.SENDING)
        row = session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one_or_none()
        if row is None:
            log.warning("message_claim_lost", message=claimed.letter.key)
            return None
        row.failures += answer.said is not Said.TAKEN
        row.resent += answer.said is Said.UNSURE
        act = _act_after(answer, row.failures)
        row.state = MESSAGE.after(act, row.state)
        row.lease_until = row.claimed_by = None
        row.last_error = answer.detail or None
        log.info("message_settled", message=row.key, kind=row.kind, state=row.state.value, attempts=row.attempts)
        if act is MessageAct.DELIVER:
            row.sent_at = clock.now()
            return count_delivered()
        if act is MessageAct.PUT_BACK:
            row.next_try_at = clock.now() + wait_after(row.failures)
        if answer.said is Said.ADDRESS_REFUSED and row.person_id is not None:
            tell_refused(row.person_id, row.recipient)
        return None


def _act_after(answer: Answer, failures: int) -> MessageAct:
    if answer.said is Said.TAKEN:
        return MessageAct.DELIVER
    if answer.said in (Said.ADDRESS_REFUSED, Said.MESSAGE_REFUSED):
        return MessageAct.REFUSE
    return MessageAct.PUT_BACK if failures < MOST_FAILURES else MessageAct.GIVE_UP


def held_until() -> datetime | None:
    """The earliest end of a claim on a message, if any is held. One statement."""
    held = select(Notification.lease_until).where(Notification.state == MessageState.SENDING)
    return reading().scalar(held.order_by(Notification.lease_until, Notification.id).limit(1))
