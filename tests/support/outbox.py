"""Messages as a test reads and writes them: by the house's own ways."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.mail import Mailer
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.foundation.outbox.post import post
from panel_app.foundation.outbox.sending import send_due
from tests.support.smtp import Mailbox

_numbers = count(1)


def a_message(
    to: Actor | None = None,
    *,
    occasion: str | None = None,
    kind: str = "accounts/password_changed",
    sender_name: str = "",
    due_in: timedelta = timedelta(),
    **more: object,
) -> str:
    """A message to a person, by `post`; gives its key."""
    person = to or a_person()
    assert person.person_id is not None
    found = post(
        occasion or f"test:{next(_numbers)}",
        kind,
        person.person_id,
        due_at=clock.now() + due_in,
        sender_name=sender_name,
        **more,  # type: ignore[arg-type]  # handed through as given
    )
    reading().rollback()
    row = reading().get(Notification, found)
    assert row is not None
    return row.key


def message(key: str) -> Notification:
    """A message as it stands now."""
    reading().rollback()
    return reading().scalars(select(Notification).filter_by(key=key).execution_options(populate_existing=True)).one()


def states() -> list[MessageState]:
    """The state of every message, in the order of their writing."""
    reading().rollback()
    return list(reading().scalars(select(Notification.state).order_by(Notification.id)))


def mailer(app: Flask, smtp: Mailbox, **changes: object) -> Mailer:
    """A mailer that speaks to the test's server."""
    settings = replace(app.config["SETTINGS"], smtp_host="127.0.0.1", smtp_port=smtp.port, smtp_tls="none")
    return Mailer(replace(settings, **changes))


def send(app: Flask, smtp: Mailbox, at: datetime | None = None) -> int:
    """Send what is due at an instant (now if none)."""
    with clock.pinned(at or clock.now()):
        return send_due(mailer(app, smtp))
