"""Writing a message: with the act, in its transaction, once per occasion."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

import css_inline
from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import func, select

from panel_app import clock
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.keys import new_key
from panel_app.foundation.mail import one_line
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.foundation.web.links import link


@dataclass(frozen=True)
class Recipient:
    """Where a person's mail goes and how they are addressed. `refused`: the server refused the address for good."""

    address: str
    name: str
    zone: str | None
    locale: str
    refused: bool


BLANK_LINES = re.compile(r"\n{3,}")

_finders: list[Callable[[int], Recipient | None]] = []
_inliner = css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def finds_recipient(finder: Callable[[int], Recipient | None]) -> Callable[[int], Recipient | None]:
    """Declare how a person's address is found (accounts does, once)."""
    _finders[:] = [finder]
    return finder


def recipient_of(person_id: int) -> Recipient | None:
    """A person's address, or none when the account has no address or is closed."""
    return _finders[0](person_id) if _finders else None


def post(
    occasion: str,
    kind: str,
    person_id: int,
    *,
    round_id: int | None = None,
    subject_key: str | None = None,
    due_at: datetime | None = None,
    sender_name: str = "",
    **context: Any,
) -> int | None:
    """Write one message to one person and return its row's id; a second call for the same `occasion` changes nothing.

    `kind` names `templates/mail/<kind>.html` and `.txt`, which get `context`, `recipient` and `link`. A person whose
    address the mail server refused for good gets a row that is suppressed, so that a coordinator sees it. None when
    the person has no address at all.
    """
    with transaction() as db:
        known = db.scalar(select(Notification.id).filter_by(occasion=occasion))
        to = recipient_of(person_id)
        if known is not None or to is None:
            return known
        row = _row(occasion, kind, person_id, to, due_at or clock.now(), context)
        row.round_id, row.subject_key, row.sender_name = round_id, subject_key, sender_name
        db.add(row)
        db.flush()
        return row.id


def posted(occasions: Collection[str]) -> int:
    """How many of these occasions had their message written. One statement."""
    found = select(func.count()).select_from(Notification).where(Notification.occasion.in_(occasions))
    return reading().execute(found).scalar_one()


def post_to(to: Recipient, occasion: str, kind: str, **context: Any) -> None:
    """Write one message to an address that is no person's: not yet, or not any more. Once per occasion, as `post`.

    It belongs to nobody, so it is never sent again to another address. Write nothing into it that a sender typed.
    """
    with transaction() as db:
        if db.scalar(select(Notification.id).filter_by(occasion=occasion)) is None:
            db.add(_row(occasion, kind, None, to, clock.now(), context))
            db.flush()


def _row(
    occasion: str, kind: str, person_id: int | None, to: Recipient, due_at: datetime, context: dict[str, Any]
) -> Notification:
    key = new_key()
    subject, text, html = render(kind, to, context)
    return Notification(
        key=key,
        occasion=occasion,
        kind=kind,
        person_id=person_id,
        recipient=to.address,
        subject=subject[:300],
        text=text,
        html=html,
        message_id=f"<{key}@{sender_domain()}>",
        state=MessageState.SUPPRESSED if to.refused else MessageState.PENDING,
        due_at=due_at,
        next_try_at=due_at,
        created_at=clock.now(),
    )


def render(kind: str, to: Recipient, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject (one line), text part and HTML part in the reader's language."""
    subject, text = render_text(kind, to, context)
    with force_locale(to.locale):
        html = _inliner.inline(render_template(f"mail/{kind}.html", **_values(to, context)))
    return subject, text, html


def render_text(kind: str, to: Recipient, context: dict[str, Any]) -> tuple[str, str]:
    """Subject (one line) and text part in the reader's language; paragraphs are one empty line apart."""
    with force_locale(to.locale):
        whole = render_template(f"mail/{kind}.txt", **_values(to, context)).strip() + "\n"
    subject, _, text = whole.partition("\n")
    return one_line(subject), BLANK_LINES.sub("\n\n", text).lstrip("\n")


def _values(to: Recipient, context: dict[str, Any]) -> dict[str, Any]:
    reply_to = current_app.config["SETTINGS"].mail_reply_to
    return {**context, "recipient": to, "link": link, "reply_to": reply_to, "language": to.locale}


def sender_domain() -> str:
    """The domain of MAIL_FROM, for Message-IDs."""
    return parseaddr(current_app.config["SETTINGS"].mail_from)[1].rpartition("@")[2] or "localhost"
