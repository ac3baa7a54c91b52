"""Rows for what lies in the store."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app.foundation.files.store import Stored
from panel_app.portfolios.models import Evidence, FrontPage, PanelCopy, StoredFile


def row_of(db: Session, portfolio_id: int, stored: Stored, media_type: str) -> StoredFile:
    """The row of a stored file; made unless the portfolio has this content already."""
    row = db.scalars(select(StoredFile).filter_by(portfolio_id=portfolio_id, sha256=stored.sha256)).one_or_none()
    if row is None:
        row = StoredFile(portfolio_id=portfolio_id, sha256=stored.sha256, size=stored.size, media_type=media_type)
        db.add(row)
        db.flush()
    return row


def is_used(db: Session, file_id: int) -> bool:
    """Whether a piece, a panel copy or the picture of one still points to a stored file."""
    by_piece = select(Evidence.id).where(Evidence.file_id == file_id).limit(1)
    by_copy = select(PanelCopy.id).where(PanelCopy.file_id == file_id).limit(1)
    by_front = select(FrontPage.copy_id).where(FrontPage.file_id == file_id).limit(1)
    return any(db.scalar(found) is not None for found in (by_piece, by_copy, by_front))
