"""What a coordinator decides about a message: send it again, or don't send it."""

from panel_app.accounts.services import try_address_again
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.outbox import acts
from panel_app.foundation.outbox.states import MessageState
from panel_app.foundation.permissions import can, must
from panel_app.reminders.policy import ReminderAct, facts


def resend(actor: Actor, key: str) -> MessageState:
    """Send a message that reached nobody, or was held after a restore, to its reader's present address.

    An address that the mail server refused is tried once more. Raises Refused, or NotFromHere for one that went out.
    """
    with transaction():
        must(can(actor, ReminderAct.SEND_AGAIN, key))
        found = facts(key)
        if found is not None and found.person_id is not None:
            try_address_again(actor, found.person_id)
        return acts.send_again(actor, key)


def withhold(actor: Actor, key: str) -> MessageState:
    """Don't send a message that still waits. Raises Refused, or NotFromHere for one that doesn't wait."""
    with transaction():
        must(can(actor, ReminderAct.WITHHOLD, key))
        return acts.cancel(actor, key)
