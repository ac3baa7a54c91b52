"""What tests of portfolios share: reading rows back, and running acts at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TypeVar

from flask import Flask
from sqlalchemy import func, select

from panel_app import clock
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.database import Base, db, reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.portfolios.queries.stores import store

T = TypeVar("T")


def rows(model: type[Base], **where: object) -> int:
    """How many rows of a table have these values, read anew."""
    db.session.rollback()
    return reading().scalar(select(func.count()).select_from(model).filter_by(**where)) or 0


def stored(portfolio_key: str) -> list[str]:
    """The hashes of the files that lie in the store for a portfolio."""
    return [name.sha256 for name in store().names() if name.owner_key == portfolio_key]


def mails(kind: str) -> list[Notification]:
    """The messages of a kind, in order."""
    db.session.rollback()
    return list(reading().scalars(select(Notification).filter_by(kind=kind).order_by(Notification.id)))


def happened(tag: str) -> int:
    """How many happenings of a tag are in the chain."""
    return rows(AuditEvent, tag=tag)


def refusal(act: Callable[[], object]) -> str:
    """The sentence with which an act is refused; fails when it isn't."""
    try:
        act()
    except Refused as refused:
        return refused.refusal.reason
    raise AssertionError("the act was not refused")


def at_once(app: Flask, at: datetime, acts: Sequence[Callable[[], T]]) -> list[T | str]:
    """Run acts in threads that start together, each with its own connection; a refusal comes back as its sentence."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | str:
        with app.app_context(), clock.pinned(at):
            start.wait()
            try:
                return act()
            except Refused as refused:
                return refused.refusal.reason
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
