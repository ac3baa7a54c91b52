"""Where portfolios lie offline, and until when they may."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from panel_app.assignment.models import Assignment
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, CopyState, Evidence, FrontPage, PanelCopy, Portfolio, StoredFile
from panel_app.programmes.models import Round
from panel_app.scoring.models import OfflineCopy


@dataclass(frozen=True)
class OfflineCount:
    """On how many devices a portfolio was made available offline: those that hold it, and those that erased it."""

    devices: int
    erased: int


def offline_of(assessment_id: int) -> OfflineCount:
    """The devices of all its assessors together. One statement."""
    is_kept = case((OfflineCopy.erased_at.is_(None), 1), else_=0)
    found = select(func.coalesce(func.sum(is_kept), 0), func.count()).select_from(OfflineCopy)
    found = found.join(Assignment, Assignment.id == OfflineCopy.assignment_id)
    kept, total = reading().execute(found.where(Assignment.assessment_id == assessment_id)).one()
    return OfflineCount(devices=int(kept), erased=total - int(kept))


@dataclass(frozen=True)
class CopySize:
    """A panel copy by its key, what kind it is, its bytes, and those of its first page's picture, if it has one."""

    key: str
    kind: str
    size: int
    front: int | None


def copies_of(portfolio_id: int) -> list[CopySize]:
    """The ready panel copies of a portfolio, in the order of its evidence. One statement."""
    picture = aliased(StoredFile)
    found = (
        select(PanelCopy.key, PanelCopy.kind, StoredFile.size, picture.size)
        .join(Evidence, Evidence.id == PanelCopy.evidence_id)
        .join(StoredFile, StoredFile.id == PanelCopy.file_id)
        .outerjoin(FrontPage, FrontPage.copy_id == PanelCopy.id)
        .outerjoin(picture, picture.id == FrontPage.file_id)
        .where(Evidence.portfolio_id == portfolio_id, PanelCopy.state == CopyState.READY)
        .order_by(Evidence.position, PanelCopy.version, PanelCopy.id)
    )
    return [CopySize(*row) for row in reading().execute(found)]


def round_end(assignment_id: int) -> datetime:
    """The instant, in UTC, after which nothing of an assignment's portfolio may lie on a device. One statement."""
    found = select(Round.release_at).join(Portfolio, Portfolio.round_id == Round.id)
    found = found.join(Assessment, Assessment.portfolio_id == Portfolio.id)
    found = found.join(Assignment, Assignment.assessment_id == Assessment.id)
    return reading().execute(found.where(Assignment.id == assignment_id)).scalar_one()
