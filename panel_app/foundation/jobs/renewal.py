"""Keeping a claim while its work takes longer than a lease: renewed from a thread of its own, which dies with us."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from flask import Flask, current_app
from sqlalchemy import update

from panel_app.foundation.database import transaction
from panel_app.foundation.jobs.claims import lease_end, settings
from panel_app.foundation.jobs.models import Job


@contextmanager
def renewed(model: type[Job], row_id: int, token: str, every: float | None = None) -> Iterator[None]:
    """Renew the lease of a claim each third of its length (or `every` so many seconds) until the block ends."""
    every = every or max(settings().lease_seconds / 3, 0.2)
    done = Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  a thread needs the app itself
    keeper = Thread(target=_renew, args=(app, model, row_id, token, done, every), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew(app: Flask, model: type[Job], row_id: int, token: str, done: Event, every: float) -> None:
    with app.app_context():
        while not done.wait(every):
            with transaction() as db:
                mine = update(model).where(model.id == row_id, model.claimed_by == token)
                db.execute(mine.values(lease_until=lease_end()))
