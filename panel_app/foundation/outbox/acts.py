"""What people and later stages decide about messages: send again, don't send, replace by a newer one."""

from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.outbox.happenings import MessageCancelled, MessageSentAgain
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.outbox.post import recipient_of
from panel_app.foundation.outbox.restore import restored_until
from panel_app.foundation.outbox.states import MESSAGE, MessageAct, MessageState
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.words import N_

NO_ADDRESS = N_("This person has no address any more, so nothing can be sent to them.")
STILL_REFUSED = N_("The mail server refuses this address. Ask the person for another one, then send again.")


def send_again(actor: Actor, key: str) -> MessageState:
    """Let a message go that was held after a restore, or that reached nobody, to the person's present address.

    The caller has checked the right. Raises Refused without an address, NotFromHere for a message that went out.
    """
    with transaction() as db:
        row = _locked(key)
        if _is_held(row):
            row.cleared_at = clock.now()
        else:
            row.state = MESSAGE.after(MessageAct.RESEND, row.state)
            row.recipient = _present_address(row)
            row.attempts = row.failures = row.resent = 0
            row.cleared_at = row.next_try_at = clock.now()
        record(MessageSentAgain(message_key=row.key, kind=row.kind), by=actor)
        db.flush()
        return row.state


def _is_held(row: Notification) -> bool:
    until = restored_until()
    return row.state is MessageState.PENDING and row.cleared_at is None and until is not None and row.due_at <= until


def _present_address(row: Notification) -> str:
    to = recipient_of(row.person_id) if row.person_id is not None else None
    if to is None:
        raise Refused(NO_ADDRESS, moment=True)
    if to.refused:
        raise Refused(STILL_REFUSED, moment=True)
    return to.address


def cancel(actor: Actor, key: str) -> MessageState:
    """Don't send a waiting message. The caller has checked the right. Raises NotFromHere for one that doesn't wait."""
    with transaction():
        row = _locked(key)
        row.state = MESSAGE.after(MessageAct.CANCEL, row.state)
        record(MessageCancelled(message_key=row.key, kind=row.kind), by=actor)
        return row.state


def supersede(kind: str, subject_key: str) -> int:
    """Replace every waiting message of a kind about a thing: the caller has written a newer one. Gives how many."""
    with transaction() as db:
        same = select(Notification).filter_by(kind=kind, subject_key=subject_key, state=MessageState.PENDING)
        rows = db.scalars(same.with_for_update().execution_options(populate_existing=True)).all()
        for row in rows:
            row.state = MESSAGE.after(MessageAct.SUPERSEDE, row.state)
        return len(rows)


def _locked(key: str) -> Notification:
    with transaction() as db:
        row = locked(db, Notification, key=key)
        if row is None:
            raise Refused(NOT_FOUND)
        return row
