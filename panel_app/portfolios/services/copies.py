"""Panel copies: made in the cage after a submit, outside any transaction; a failed one holds its portfolio back."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import end_reading, locked, reading, transaction
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.cage import Limits
from panel_app.foundation.files.intake import FRONT_LIMITS, Front, draw_front, make_panel_copy
from panel_app.foundation.files.intake import PanelCopy as MadeCopy
from panel_app.foundation.files.names import neutral_label
from panel_app.foundation.files.problems import FileProblem
from panel_app.foundation.files.registry import FRONT
from panel_app.foundation.files.store import Stored
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.portfolios.happenings import PanelCopySettled
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    EvidenceState,
    FrontPage,
    PanelCopy,
    Portfolio,
    StoredFile,
    Submission,
)
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import portfolio_row
from panel_app.portfolios.queries.stores import store
from panel_app.portfolios.rules import manifests
from panel_app.portfolios.rules.pieces import COPY, CopyStep
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.portfolios.services.statuses import advance
from panel_app.portfolios.services.storage import row_of

log = structlog.get_logger()


@dataclass(frozen=True)
class _Waiting:
    copy_id: int
    kind: str
    number: int
    sha256: str


@dataclass(frozen=True)
class _KeptFront:
    stored: Stored
    drawn: Front


def expect_copies(db: Session, portfolio: Portfolio) -> None:
    """Wait for a panel copy of each listed file that has none yet; its portfolio's row is locked."""
    missing = (
        select(Evidence)
        .outerjoin(PanelCopy, PanelCopy.evidence_id == Evidence.id)
        .where(Evidence.portfolio_id == portfolio.id, Evidence.state == EvidenceState.LISTED)
        .where(Evidence.file_id.is_not(None), PanelCopy.id.is_(None))
        .order_by(Evidence.id)
    )
    for piece in db.scalars(missing).all():
        copy = PanelCopy(key=new_key(), evidence_id=piece.id, version=1, kind=piece.kind, state=COPY.start)
        db.add(copy)


def make_copies(portfolio_key: str, *, front_limits: Limits = FRONT_LIMITS) -> None:
    """Make every panel copy that is waited for, one after the other, then say whether the portfolio is ready.

    No transaction is open while a copy is made; it is kept only if it is still waited for then.
    """
    portfolio = portfolio_row(portfolio_key)
    if portfolio is None:
        return
    wanted = _waiting(portfolio.id)
    end_reading()
    for waiting in wanted:
        with tempfile.TemporaryDirectory(prefix="panel-copy-") as folder:
            out = Path(folder) / "copy"
            try:
                source = store().path(portfolio_key, waiting.sha256)
                label = neutral_label(portfolio.reference, waiting.number)
                bounds = Bounds(file_bytes=portfolio.outline.max_file_bytes)
                made = make_panel_copy(source, waiting.kind, label, out, bounds=bounds)
                stored = _put(portfolio_key, out, made)
            except FileProblem as problem:
                _hold(waiting.copy_id, portfolio.id, str(problem.sentence))
            else:
                front = _front(portfolio_key, out, waiting, front_limits) if made.pages else None
                _keep(waiting.copy_id, portfolio.id, stored, made, front)
    settle_preparation(portfolio_key)


def settle_preparation(portfolio_key: str) -> bool:
    """Move the portfolio's assessments to ready once every copy of the last submission is there (or left out)."""
    with transaction() as db:
        portfolio = locked(db, Portfolio, key=portfolio_key)
        if portfolio is None or not _is_complete(db, portfolio.id):
            return False
        preparing = select(Assessment.id).filter_by(portfolio_id=portfolio.id, status=AssessmentStatus.PREPARING)
        for assessment_id in db.scalars(preparing.order_by(Assessment.id)).all():
            advance(assessment_id, AssessmentStep.READY, by=SYSTEM)
        return True


def retry_copy(actor: Actor, copy_key: str) -> str:
    """Wait for a held copy anew; gives the portfolio's key. Raises Refused, and NotFromHere unless it is held."""
    return _settle_held(actor, copy_key, CopyStep.RETRY, "")


def exclude_copy(actor: Actor, copy_key: str, reason: str) -> str:
    """Leave a held piece out of what the panel sees; gives the portfolio's key.

    Raises Refused, ReasonMissing, and NotFromHere unless it is held.
    """
    key = _settle_held(actor, copy_key, CopyStep.EXCLUDE, reason)
    settle_preparation(key)
    return key


def _settle_held(actor: Actor, copy_key: str, step: CopyStep, reason: str) -> str:
    with transaction() as db:
        copy = locked(db, PanelCopy, key=copy_key)
        must(can(actor, PortfolioAct.SETTLE_COPY, copy_key))
        if copy is None:
            raise Refused(NOT_FOUND)
        piece = db.get_one(Evidence, copy.evidence_id)
        copy.state, reason = COPY.after(step, copy.state), COPY.reason(step, reason)
        copy.reason = reason or None
        settled = PanelCopySettled(
            copy_id=copy.id, portfolio_id=piece.portfolio_id, state=copy.state.value, reason=reason
        )
        record(settled, by=actor)
        return db.get_one(Portfolio, piece.portfolio_id).key


def _waiting(portfolio_id: int) -> list[_Waiting]:
    rows = reading().execute(
        select(PanelCopy.id, Evidence.kind, Evidence.number, StoredFile.sha256)
        .join(Evidence, Evidence.id == PanelCopy.evidence_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.portfolio_id == portfolio_id, PanelCopy.state == CopyState.WAITING)
        .order_by(Evidence.number)
    )
    return [_Waiting(*row) for row in rows]


def _put(portfolio_key: str, made: Path, announced: MadeCopy | Front) -> Stored:
    with made.open("rb") as whole:
        return store().put(portfolio_key, whole, limit=announced.size, announced_sha256=announced.sha256)


def _front(portfolio_key: str, copy: Path, waiting: _Waiting, limits: Limits) -> _KeptFront | None:
    """The picture of the first page of a copy that was made; a page that can't be drawn is no reason to hold it."""
    out = copy.with_name("front")
    try:
        drawn = draw_front(copy, waiting.kind, out, limits=limits)
        return _KeptFront(_put(portfolio_key, out, drawn), drawn) if drawn else None
    except FileProblem as problem:
        log.warning("front_page_not_drawn", portfolio_key=portfolio_key, number=waiting.number, detail=problem.detail)
        return None


def _keep(copy_id: int, portfolio_id: int, stored: Stored, made: MadeCopy, front: _KeptFront | None) -> None:
    with transaction() as db:
        copy = locked(db, PanelCopy, id=copy_id, state=CopyState.WAITING)
        if copy is not None:
            copy.file_id = row_of(db, portfolio_id, stored, made.media_type).id
            copy.state, copy.made_at = COPY.after(CopyStep.KEEP, copy.state), clock.now()
            copy.pages = made.pages
            if front is not None:
                picture = row_of(db, portfolio_id, front.stored, FRONT.media_type)
                sides = {"width": front.drawn.width, "height": front.drawn.height}
                db.add(FrontPage(copy_id=copy_id, file_id=picture.id, **sides))
            record(PanelCopySettled(copy_id=copy_id, portfolio_id=portfolio_id, state=copy.state.value), by=SYSTEM)


def _hold(copy_id: int, portfolio_id: int, reason: str) -> None:
    with transaction() as db:
        copy = locked(db, PanelCopy, id=copy_id, state=CopyState.WAITING)
        if copy is not None:
            copy.state, copy.reason = COPY.after(CopyStep.HOLD, copy.state), reason
            held = PanelCopySettled(copy_id=copy_id, portfolio_id=portfolio_id, state=copy.state.value, reason=reason)
            record(held, by=SYSTEM)


def _is_complete(db: Session, portfolio_id: int) -> bool:
    last = select(Submission.manifest).filter_by(portfolio_id=portfolio_id).order_by(Submission.number.desc()).limit(1)
    manifest = db.scalar(last)
    if manifest is None:
        return False
    needed = {piece.key for piece in manifests.read(manifest).pieces if piece.sha256 is not None}
    there = (
        select(Evidence.key)
        .join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
        .where(Evidence.portfolio_id == portfolio_id)
        .where(PanelCopy.state.in_([CopyState.READY, CopyState.EXCLUDED]))
    )
    return needed <= set(db.scalars(there))
