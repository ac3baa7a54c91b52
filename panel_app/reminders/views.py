"""A round's messages: what will go out, what went out, what reached nobody."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from panel_app import clock
from panel_app.foundation.actors import Actor, actor
from panel_app.foundation.outbox.states import MESSAGE, UNDELIVERED, MessageAct, MessageState
from panel_app.foundation.permissions import Who, allow, can, must
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.web.pages import Answer
from panel_app.foundation.web.paging import only, page_number, pager
from panel_app.programmes.queries import RoundView, known_round
from panel_app.reminders import services
from panel_app.reminders.policy import ReminderAct
from panel_app.reminders.queries.messages import MessageRow, Shows, messages_of
from panel_app.reminders.queries.rounds import hidden_from, rounds_at_work
from panel_app.reminders.rules.registry import REMINDERS

bp = Blueprint("reminders", __name__)

PAGE_SIZE = 50


@dataclass(frozen=True)
class ShownMessage:
    """A message as the page prints it."""

    key: str
    to: str
    subject: str
    text: str
    label: str
    tone: str
    due: Shown
    sent: Shown | None
    note: str
    may_resend: bool
    may_withhold: bool


@dataclass(frozen=True)
class ShownComing:
    """A message to come as the page prints it."""

    at: Shown
    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class ShownRule:
    """A reminder rule as the page prints it."""

    name: str
    title: str
    says: str


@bp.get("/rounds/<key:round_key>/messages")
@allow(Who.COORDINATOR)
def listing(round_key: str) -> Answer:
    """What went out, to whom, when; what reached nobody; and the rules of reminders."""
    must(can(actor(), ReminderAct.READ_MESSAGES, round_key))
    round_ = known_round(round_key)
    viewer, shows, number = actor(), _shows(), page_number()
    hidden = hidden_from(viewer)
    rows, total = messages_of(round_.id, hidden, shows, (number - 1) * PAGE_SIZE, PAGE_SIZE)
    return render_template(
        "reminders/messages.html",
        round=round_,
        shows=shows.value,
        rules=[ShownRule(rule.name, gettext(rule.title), gettext(rule.says)) for rule in REMINDERS],
        messages=[_message(row, round_.zone, viewer) for row in rows],
        pager=pager(number, total, PAGE_SIZE),
    )


@bp.get("/rounds/<key:round_key>/messages/coming")
@allow(Who.COORDINATOR)
def coming(round_key: str) -> Answer:
    """What will go out next, to whom and when, in its words."""
    must(can(actor(), ReminderAct.READ_MESSAGES, round_key))
    round_ = known_round(round_key)
    viewer = actor()
    rows = _coming(round_, viewer, hidden_from(viewer))
    return render_template("reminders/coming.html", round=round_, coming=rows, most=services.MOST)


def _shows() -> Shows:
    """The list that the address asks for; anything unknown in it is refused."""
    only("show", "page")
    asked = request.args.get("show", Shows.ALL.value)
    if asked not in set(Shows):
        abort(400)
    return Shows(asked)


def _coming(round_: RoundView, viewer: Actor, hidden: frozenset[int]) -> list[ShownComing]:
    now = clock.now()
    at_work = rounds_at_work(now, round_.id)
    found = services.coming(at_work[0], now, hidden) if at_work else []
    return [
        ShownComing(
            shown(each.at, round_.zone, viewer.zone, now),
            _candidate(each.reference) if each.to_candidate else each.to,
            each.subject,
            each.text,
        )
        for each in found
    ]


def _candidate(reference: str) -> str:
    return str(gettext("The candidate of %(reference)s", reference=reference))


def _message(row: MessageRow, zone: str, viewer: Actor) -> ShownMessage:
    now = clock.now()
    return ShownMessage(
        key=row.key,
        to=_candidate(row.reference) if row.reference else row.reader,
        subject=row.subject,
        text=_text(row),
        label=gettext("Held: perhaps sent before the data were restored")
        if row.is_held
        else gettext(MESSAGE.title(row.state)),
        tone="bad" if row.is_held else MESSAGE.tone(row.state).value,
        due=shown(row.due_at, zone, viewer.zone, now),
        sent=shown(row.sent_at, zone, viewer.zone, now) if row.sent_at else None,
        note=_note(row),
        may_resend=row.is_held or row.state in UNDELIVERED,
        may_withhold=row.state is MessageState.PENDING,
    )


SECRET = "accounts/"
"""Kinds of message that hold a link with which their reader signs in: nobody else reads these."""


def _text(row: MessageRow) -> str:
    """The words of a message, its candidate named by reference; none where they hold a key to an account."""
    if row.kind.startswith(SECRET):
        return ""
    if not row.reference:
        return row.text
    names = "|".join(re.escape(name) for name in (row.addressed, row.reader))
    return re.sub(rf"(?<!\w)({names})(?!\w)", _candidate(row.reference), row.text)


def _note(row: MessageRow) -> str:
    if row.state is MessageState.PENDING and row.attempts:
        return str(
            ngettext("Tried %(num)s time; it is tried again.", "Tried %(num)s times; it is tried again.", row.attempts)
        )
    if row.resent:
        return str(
            ngettext(
                "Perhaps delivered %(num)s time: its sender stopped, or the line broke, in the middle.",
                "Perhaps delivered %(num)s times: its sender stopped, or the line broke, in the middle.",
                row.resent + 1,
            )
        )
    return ""


@bp.post("/rounds/<key:round_key>/messages/<key:message_key>/send-again")
@allow(Who.COORDINATOR, on=("POST",))
def send_again(round_key: str, message_key: str) -> Response:
    """Send a message that reached nobody."""
    services.resend(actor(), message_key)
    return _back(round_key, MessageAct.RESEND)


@bp.post("/rounds/<key:round_key>/messages/<key:message_key>/withhold")
@allow(Who.COORDINATOR, on=("POST",))
def withhold(round_key: str, message_key: str) -> Response:
    """Don't send a message that still waits."""
    services.withhold(actor(), message_key)
    return _back(round_key, MessageAct.CANCEL)


def _back(round_key: str, act: MessageAct) -> Response:
    flash(gettext(MESSAGE.acts[act].done), "good")
    return redirect(url_for("reminders.listing", round_key=round_key))
