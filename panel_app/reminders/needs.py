"""What reminders put on a coordinator's first page: messages that reached nobody."""

from collections.abc import Iterator

from flask import url_for

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.reminders.queries.messages import Undelivered, undelivered_in
from panel_app.reminders.queries.rounds import hidden_from

WHY_UNDELIVERED = N_("The mail server refused them, or could not be reached for too long.")
WHY_HELD = N_("The data were restored from a copy: these may have been sent already.")


@needs("reminders.undelivered")
def undelivered(actor: Actor) -> Iterator[Need]:
    """Messages that a coordinator has to look at. Two statements."""
    rounds = actor.rounds(Role.COORDINATOR)
    for row in undelivered_in(rounds, hidden_from(actor)) if rounds else []:
        if row.undelivered:
            yield _need(row, _undelivered(row), WHY_UNDELIVERED, "undelivered")
        if row.held:
            yield _need(row, _held(row), WHY_HELD, "held")


def _undelivered(row: Undelivered) -> Sentence:
    return counting(
        "%(num)s message of %(round)s did not reach its reader.",
        "%(num)s messages of %(round)s did not reach their readers.",
        row.undelivered,
        round=row.round_title,
    )


def _held(row: Undelivered) -> Sentence:
    return counting(
        "%(num)s message of %(round)s waits for your decision.",
        "%(num)s messages of %(round)s wait for your decision.",
        row.held,
        round=row.round_title,
    )


def _need(row: Undelivered, what: Sentence, why: str, shows: str) -> Need:
    return Need(
        tone=Tone.BAD,
        sentence=what,
        why=sentence(why),
        href=url_for("reminders.listing", round_key=row.round_key, show=shows),
        action=sentence(N_("Look at them")),
        order=20,
    )
