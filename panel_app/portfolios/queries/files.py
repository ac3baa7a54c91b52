"""Where the bytes of an original or of a panel copy lie, and under which name they leave the house."""

from dataclasses import dataclass

from sqlalchemy import Row, Select, select

from panel_app.foundation.database import reading
from panel_app.foundation.files.names import neutral_name
from panel_app.foundation.files.registry import FRONT, KINDS, CopyForm
from panel_app.portfolios.identity import EvidenceOrigin
from panel_app.portfolios.models import CopyState, Evidence, EvidenceState, FrontPage, PanelCopy, Portfolio, StoredFile


@dataclass(frozen=True)
class FileRow:
    """A stored file with the name and type under which it is served; `kind` names its evidence kind."""

    portfolio_id: int
    portfolio_key: str
    evidence_id: int
    sha256: str
    size: int
    kind: str
    name: str
    media_type: str
    may_show: bool


def original_file(evidence_key: str) -> FileRow | None:
    """The original of a piece, under its own name. One statement."""
    row = (
        reading()
        .execute(
            select(Evidence.kind, Portfolio.id, Portfolio.key, Evidence.id, StoredFile.sha256, StoredFile.size)
            .add_columns(EvidenceOrigin.name)
            .join(Portfolio, Portfolio.id == Evidence.portfolio_id)
            .join(StoredFile, StoredFile.id == Evidence.file_id)
            .join(EvidenceOrigin, EvidenceOrigin.evidence_id == Evidence.id)
            .where(Evidence.key == evidence_key)
        )
        .one_or_none()
    )
    if row is None:
        return None
    kind_name, portfolio_id, portfolio_key, evidence_id, sha256, size, name = row
    kind = KINDS.named(kind_name)
    return FileRow(
        portfolio_id, portfolio_key, evidence_id, sha256, size, kind_name, name, kind.media_type, kind.inline
    )


def copy_file(copy_key: str) -> FileRow | None:
    """A panel copy that is ready, under its neutral name. One statement; nothing of the identity side."""
    found = _of_copy(copy_key).join(StoredFile, StoredFile.id == PanelCopy.file_id)
    return _neutral(reading().execute(found).one_or_none())


def front_file(copy_key: str) -> FileRow | None:
    """The picture of the first page of a panel copy that is ready, under the same name. One statement."""
    found = _of_copy(copy_key).join(FrontPage, FrontPage.copy_id == PanelCopy.id)
    found = found.join(StoredFile, StoredFile.id == FrontPage.file_id)
    return _neutral(reading().execute(found).one_or_none(), FRONT)


def _of_copy(copy_key: str) -> Select[str, int, str, int, str, int, str, int]:
    """What both need of a copy; who calls joins the stored file."""
    return (
        select(Evidence.kind, Portfolio.id, Portfolio.key, Evidence.id, StoredFile.sha256, StoredFile.size)
        .add_columns(Portfolio.reference, Evidence.number)
        .select_from(PanelCopy)
        .join(Evidence, Evidence.id == PanelCopy.evidence_id)
        .join(Portfolio, Portfolio.id == Evidence.portfolio_id)
        .where(PanelCopy.key == copy_key, PanelCopy.state == CopyState.READY)
    )


def _neutral(row: Row[str, int, str, int, str, int, str, int] | None, form: CopyForm | None = None) -> FileRow | None:
    """A row under its neutral name, in this form or that of its kind's copies."""
    if row is None:
        return None
    kind_name, portfolio_id, portfolio_key, evidence_id, sha256, size, reference, number = row
    form = form or KINDS.named(kind_name).copy
    name = neutral_name(reference, number, form.extension)
    return FileRow(
        portfolio_id, portfolio_key, evidence_id, sha256, size, kind_name, name, form.media_type, form.inline
    )


def own_files(portfolio_key: str) -> list[FileRow]:
    """The originals of a portfolio's listed files in order, under their own names. One statement."""
    rows = reading().execute(
        select(Evidence.kind, Portfolio.id, Evidence.id, StoredFile.sha256, StoredFile.size, EvidenceOrigin.name)
        .join(Portfolio, Portfolio.id == Evidence.portfolio_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .join(EvidenceOrigin, EvidenceOrigin.evidence_id == Evidence.id)
        .where(Portfolio.key == portfolio_key, Evidence.state == EvidenceState.LISTED)
        .order_by(Evidence.position, Evidence.id)
    )
    return [
        FileRow(portfolio_id, portfolio_key, evidence_id, sha256, size, kind, name, KINDS.named(kind).media_type, False)
        for kind, portfolio_id, evidence_id, sha256, size, name in rows
    ]
