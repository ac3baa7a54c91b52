"""Which devices hold a portfolio offline: told by the page when it has loaded, and when it has erased."""

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.happenings import AssignmentEnded, WorkSubmitted, WorkSuspended
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import on, record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.scoring.happenings import OfflineCopyErased, OfflineCopyMade
from panel_app.scoring.models import OfflineCopy, ScoreSheet
from panel_app.scoring.policy import SheetAct


def keep_offline(actor: Actor, assignment_key: str, device: str, *, files: int, size: int) -> None:
    """A device holds the portfolio now, so many files and bytes. The same device counts once. Raises Refused."""
    with transaction() as db:
        facts = _own(actor, assignment_key)
        locked(db, ScoreSheet, assignment_id=facts.id)
        must(can(actor, SheetAct.WRITE, assignment_key))
        known = select(OfflineCopy).filter_by(assignment_id=facts.id, device=device, erased_at=None)
        copy = db.scalars(known).one_or_none()
        if copy is not None:
            copy.files, copy.bytes = files, size
            return
        db.add(OfflineCopy(assignment_id=facts.id, device=device, files=files, bytes=size, made_at=clock.now()))
        made = {"assignment_id": facts.id, "portfolio_id": facts.portfolio_id, "round_id": facts.round_id}
        record(OfflineCopyMade(**made, files=files, bytes=size), by=actor)


def erase_offline(actor: Actor, assignment_key: str, device: str) -> None:
    """A device holds the portfolio no more. Where it wasn't known to, nothing changes. Raises Refused to others."""
    with transaction():
        facts = _own(actor, assignment_key)
        _erased(facts.id, facts.portfolio_id, facts.round_id, by=actor, device=device)


def _own(actor: Actor, assignment_key: str) -> AssignmentFacts:
    facts = assignment_facts(assignment_key)
    if facts is None or facts.member_id != actor.member_id:
        raise Refused(NOT_FOUND)
    return facts


def _erased(assignment_id: int, portfolio_id: int, round_id: int, *, by: Actor, device: str | None = None) -> None:
    with transaction() as db:
        found = select(OfflineCopy).filter_by(assignment_id=assignment_id, erased_at=None)
        if device is not None:
            found = found.filter_by(device=device)
        for copy in db.scalars(found.order_by(OfflineCopy.id)):
            copy.erased_at = clock.now()
            gone = OfflineCopyErased(assignment_id=assignment_id, portfolio_id=portfolio_id, round_id=round_id)
            record(gone, by=by)


@on(AssignmentEnded)
def on_end(what: AssignmentEnded, by: Actor) -> None:
    """Nothing of it may lie on a device any more: what is there is erased at the device's next contact."""
    _erased(what.assignment_id, what.portfolio_id, what.round_id, by=SYSTEM)


@on(WorkSubmitted)
def on_submitted(what: WorkSubmitted, by: Actor) -> None:
    """A submitted sheet needs no copy any more."""
    _erased(what.assignment_id, what.portfolio_id, what.round_id, by=SYSTEM)


@on(WorkSuspended)
def on_hold(what: WorkSuspended, by: Actor) -> None:
    """Nor may what is on hold: the sheet's page is shut, and the device lets go at its next contact."""
    _erased(what.assignment_id, what.portfolio_id, what.round_id, by=SYSTEM)
