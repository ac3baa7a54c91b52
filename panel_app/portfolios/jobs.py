"""Work that follows an act: panel copies after a submit, and drafts that a deadline leaves behind."""

from datetime import datetime, timedelta
from typing import Any

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.foundation.jobs.queue import enqueue, job
from panel_app.portfolios.happenings import DeadlineExtended, PanelCopySettled, PortfolioStarted, PortfolioSubmitted
from panel_app.portfolios.models import CopyState
from panel_app.portfolios.queries.people import portfolio_key_of
from panel_app.portfolios.services import make_copies, settle_closed
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.queries import round_by_id

COPIES = "portfolios.make_panel_copies"
CLOSE = "portfolios.settle_closed"
# A second after: closing is inclusive, the row is written when nothing can be submitted any more.
AFTER = timedelta(seconds=1)


@job(COPIES)
def run_copies(payload: dict[str, Any]) -> None:
    """Make the panel copies of one portfolio."""
    make_copies(payload["portfolio_key"])


@job(CLOSE)
def run_close(payload: dict[str, Any]) -> None:
    """Mark the drafts of one round that were not submitted in time."""
    settle_closed(payload["round_id"])


@on(PortfolioSubmitted)
def copies_after_submit(happened: PortfolioSubmitted, by: Actor) -> None:
    """Each submit makes what copies are missing, and settles whether the portfolio is ready."""
    payload = {"portfolio_key": portfolio_key_of(happened.portfolio_id)}
    enqueue(COPIES, f"copies:submission:{happened.submission_id}", payload)


@on(PanelCopySettled)
def copies_again(happened: PanelCopySettled, by: Actor) -> None:
    """A coordinator asked for a held copy once more."""
    if happened.state == CopyState.WAITING:
        occasion = f"copies:again:{happened.copy_id}:{clock.now().isoformat()}"
        enqueue(COPIES, occasion, {"portfolio_key": portfolio_key_of(happened.portfolio_id)})


@on(PortfolioStarted)
def close_after_start(happened: PortfolioStarted, by: Actor) -> None:
    """The first draft of a round asks for the row to be written after the round's close."""
    _close_round(happened.round_id)


@on(DatesMoved)
def close_after_move(happened: DatesMoved, by: Actor) -> None:
    """A later close is settled later."""
    _close_round(happened.round_id)


@on(DeadlineExtended)
def close_after_extension(happened: DeadlineExtended, by: Actor) -> None:
    """A portfolio's own deadline is settled at its own time."""
    found = round_by_id(happened.round_id)
    occasion = f"close:extension:{happened.extension_id}"
    shut = datetime.fromisoformat(happened.closes_at) + timedelta(seconds=found.grace_seconds)
    enqueue(CLOSE, occasion, {"round_id": found.id}, shut + AFTER)


def _close_round(round_id: int) -> None:
    found = round_by_id(round_id)
    shut = found.closes_at + timedelta(seconds=found.grace_seconds)
    enqueue(CLOSE, f"close:round:{found.key}:{shut.isoformat()}", {"round_id": found.id}, shut + AFTER)
