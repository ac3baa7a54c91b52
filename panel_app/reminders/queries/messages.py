"""The messages of a round as its coordinators see them, without what one of them must not know of."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all

from panel_app.accounts.models import Person
from panel_app.assignment.models import Assignment
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.outbox.sending import held_after_restore
from panel_app.foundation.outbox.states import UNDELIVERED, MessageState
from panel_app.moderation.models import ModerationCase
from panel_app.outcomes.models import Outcome
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.programmes.models import Round
from panel_app.reminders.models import ReminderOccurrence

MAY_NEED_DECISION = UNDELIVERED | {MessageState.PENDING}
"""Said beside the exact condition, so that the index of states leaves out at once what was sent: nearly everything."""


class Shows(StrEnum):
    """Which messages a list shows."""

    ALL = "all"
    UNDELIVERED = "undelivered"
    HELD = "held"


@dataclass(frozen=True)
class MessageRow:
    """One message. `reference` when its reader is the candidate of that portfolio, who is not named here.

    `addressed`: how mails call the reader; `text` is empty where it tells of a portfolio that is hidden.
    """

    key: str
    kind: str
    reader: str
    addressed: str
    reference: str | None
    subject: str
    text: str
    state: MessageState
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    resent: int
    is_held: bool


def messages_of(
    round_id: int, hidden: Collection[int], shows: Shows, offset: int, limit: int
) -> tuple[list[MessageRow], int]:
    """The messages of a round, the latest first, without those about `hidden` portfolios; and their number.

    Two statements, and one more where something is hidden.
    """
    row = Notification
    query = (
        select(
            row.key,
            row.kind,
            func.coalesce(Person.name, ""),
            func.coalesce(Person.address_form, Person.name, ""),
            Portfolio.reference,
            row.subject,
            row.text,
            row.state,
            row.due_at,
            row.sent_at,
            row.attempts,
            row.resent,
            held_after_restore(),
        )
        .outerjoin(Person, Person.id == row.person_id)
        .outerjoin(PortfolioOwner, _is_candidate())
        .outerjoin(Portfolio, Portfolio.id == PortfolioOwner.portfolio_id)
    )
    kept = _visible(query, round_id, hidden).where(_shown(shows))
    page = kept.order_by(row.due_at.desc(), row.id.desc()).offset(offset).limit(limit)
    if not hidden:  # then the joins change no number
        kept = _visible(select(row.id), round_id, hidden).where(_shown(shows))
    total = reading().scalar(select(func.count()).select_from(kept.order_by(None).subquery())) or 0
    return _without(hidden, [MessageRow(*values) for values in reading().execute(page)]), total


def _without(hidden: Collection[int], rows: list[MessageRow]) -> list[MessageRow]:
    """The messages, without the words of those that tell of several portfolios and of a hidden one among them."""
    if not hidden:
        return rows
    secret = reading().scalars(select(Portfolio.reference).where(Portfolio.id.in_(hidden))).all()
    return [replace(row, text="") if any(each in row.text for each in secret) else row for row in rows]


def is_visible(key: str, hidden: Collection[int]) -> bool:
    """Whether a message is about none of the `hidden` portfolios. One statement."""
    query = select(Notification.id).outerjoin(PortfolioOwner, _is_candidate()).where(Notification.key == key)
    return reading().scalar(_visible(query, None, hidden)) is not None


def round_of_message(key: str) -> tuple[int, int | None] | None:
    """Round and reader of a message that belongs to a round. One statement."""
    query = select(Notification.round_id, Notification.person_id).where(Notification.key == key)
    row = reading().execute(query.where(Notification.round_id.is_not(None))).one_or_none()
    return (row[0], row[1]) if row and row[0] is not None else None


@dataclass(frozen=True)
class Undelivered:
    """How many messages of a round reached nobody, and how many wait for a decision after a restore."""

    round_key: str
    round_title: str
    undelivered: int
    held: int


def undelivered_in(round_ids: Collection[int], hidden: Collection[int]) -> list[Undelivered]:
    """The rounds among these in which a message needs a decision, one about none of the `hidden`. One statement."""
    failed = Notification.state.in_(UNDELIVERED)
    counts = func.count().filter(failed), func.count().filter(held_after_restore())
    query = (
        select(Round.key, Round.title, *counts)
        .join(Notification, Notification.round_id == Round.id)
        .outerjoin(PortfolioOwner, _is_candidate())
        .where(Round.id.in_(round_ids), Notification.state.in_(MAY_NEED_DECISION), or_(failed, held_after_restore()))
        .group_by(Round.id, Round.key, Round.title)
        .order_by(Round.id)
    )
    return [Undelivered(*row) for row in reading().execute(_visible(query, None, hidden))]


def _shown(shows: Shows) -> ColumnElement[bool]:
    if shows is Shows.UNDELIVERED:
        return Notification.state.in_(UNDELIVERED)
    return held_after_restore() if shows is Shows.HELD else Notification.id.is_not(None)


def _is_candidate() -> ColumnElement[bool]:
    same_person = PortfolioOwner.person_id == Notification.person_id
    return same_person & (PortfolioOwner.round_id == Notification.round_id)


def _visible(
    query: Select[*tuple[Any, ...]], round_id: int | None, hidden: Collection[int]
) -> Select[*tuple[Any, ...]]:
    if round_id is not None:
        query = query.where(Notification.round_id == round_id)
    if not hidden:
        return query
    keys = _keys_of(hidden)
    about = select(ReminderOccurrence.notification_id).where(ReminderOccurrence.subject.in_(keys))
    offers = select(Assignment.offer_message_id).join(Assessment, Assessment.id == Assignment.assessment_id)
    told = offers.where(Assessment.portfolio_id.in_(hidden), Assignment.offer_message_id.is_not(None))
    return query.where(
        or_(Notification.subject_key.is_(None), Notification.subject_key.not_in(keys)),
        or_(PortfolioOwner.portfolio_id.is_(None), PortfolioOwner.portfolio_id.not_in(hidden)),
        Notification.id.not_in(about),
        Notification.id.not_in(told),
    )


def _keys_of(portfolio_ids: Collection[int]) -> Select[str]:
    """The public keys of these portfolios and of all that hangs on them."""
    hanging = [
        select(model.key)
        .join(Assessment, Assessment.id == model.assessment_id)
        .where(Assessment.portfolio_id.in_(portfolio_ids))
        for model in (Assignment, ModerationCase, Outcome)
    ]
    own = select(Portfolio.key).where(Portfolio.id.in_(portfolio_ids))
    assessments = select(Assessment.key).where(Assessment.portfolio_id.in_(portfolio_ids))
    return select(union_all(own, assessments, *hanging).subquery().c.key)
