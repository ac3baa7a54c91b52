"""The one door through which the bytes of evidence leave: the right is asked for that piece, each time."""

from dataclasses import dataclass
from enum import StrEnum
from typing import IO, BinaryIO

import structlog

from panel_app.foundation.actors import Actor
from panel_app.foundation.database import end_reading, transaction
from panel_app.foundation.files.names import Entry, zip_of
from panel_app.foundation.files.problems import DamagedFile
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.portfolios.happenings import OriginalRead
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.files import FileRow, copy_file, front_file, original_file, own_files
from panel_app.portfolios.queries.stores import store

log = structlog.get_logger()


class Which(StrEnum):
    """The file as its candidate sent it, the cleaned copy of it, or the picture of that copy's first page."""

    ORIGINAL = "original"
    PANEL_COPY = "copy"
    FRONT_PAGE = "front"


@dataclass(frozen=True)
class OpenedFile:
    """A file that may be read: at its start, its hash checked. The caller closes `content`."""

    content: BinaryIO
    row: FileRow


_ACTS = {
    Which.ORIGINAL: PortfolioAct.READ_ORIGINAL,
    Which.PANEL_COPY: PortfolioAct.READ_PANEL_COPY,
    Which.FRONT_PAGE: PortfolioAct.READ_PANEL_COPY,
}
_ROWS = {Which.ORIGINAL: original_file, Which.PANEL_COPY: copy_file, Which.FRONT_PAGE: front_file}


def read_evidence(actor: Actor, key: str, which: Which) -> OpenedFile:
    """Open an original (by its evidence's key), a panel copy or its first page's picture (by the copy's key).

    Raises Refused: hidden to who may not read it, with a sentence when the stored file is damaged.
    """
    must(can(actor, _ACTS[which], key))
    row = _ROWS[which](key)
    if row is None:
        raise Refused(NOT_FOUND)
    end_reading()
    return OpenedFile(_open(row), row)


def note_original_read(actor: Actor, evidence_key: str) -> None:
    """Keep in the history that a coordinator opened an original, which may say whose it is. Raises Refused."""
    must(can(actor, PortfolioAct.READ_ORIGINAL, evidence_key))
    row = original_file(evidence_key)
    if row is None:
        raise Refused(NOT_FOUND)
    with transaction():
        record(OriginalRead(portfolio_id=row.portfolio_id, evidence_id=row.evidence_id), by=actor)


def zip_own_evidence(actor: Actor, portfolio_key: str) -> IO[bytes]:
    """An archive of all own files under their own names, at its start; the caller closes it. Raises Refused."""
    must(can(actor, PortfolioAct.READ, portfolio_key))
    rows = own_files(portfolio_key)
    end_reading()
    opened = [(row.name, _open(row)) for row in rows]
    try:
        return zip_of(Entry(name, content) for name, content in opened)
    finally:
        for _, content in opened:
            content.close()


def _open(row: FileRow) -> BinaryIO:
    try:
        return store().open(row.portfolio_key, row.sha256)
    except DamagedFile as damage:
        log.error("stored_file_damaged", portfolio_key=row.portfolio_key, sha256=row.sha256, detail=damage.detail)
        raise Refused(str(damage.sentence), moment=True) from damage
