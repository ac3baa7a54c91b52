"""Who may look at a round's messages, and send one again or withhold it."""

from dataclasses import dataclass

from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import NOT_FOUND, Act, policy, rule
from panel_app.programmes.policy import coordinates
from panel_app.programmes.policy import facts as round_facts
from panel_app.reminders.queries.messages import is_visible, round_of_message
from panel_app.reminders.queries.rounds import hidden_from


class ReminderAct(Act):
    """Acts on a round's messages, and on one message."""

    READ_MESSAGES = "reminders:read-messages"
    SEND_AGAIN = "reminders:send-again"
    WITHHOLD = "reminders:withhold"


@dataclass(frozen=True)
class MessageFacts:
    """One message of a round."""

    key: str
    round_id: int
    person_id: int | None


def facts(key: str) -> MessageFacts | None:
    """Read the facts of one message. One statement."""
    found = round_of_message(key)
    return MessageFacts(key, *found) if found else None


def _coordinates_its_round(actor: Actor, message: MessageFacts) -> bool:
    return actor.runs(message.round_id)


def _may_know_of_it(actor: Actor, message: MessageFacts) -> bool:
    return is_visible(message.key, hidden_from(actor))


_knows = rule(_coordinates_its_round, NOT_FOUND) & rule(_may_know_of_it, NOT_FOUND)

policy(round_facts, {ReminderAct.READ_MESSAGES: coordinates})
policy(facts, {ReminderAct.SEND_AGAIN: _knows, ReminderAct.WITHHOLD: _knows})
