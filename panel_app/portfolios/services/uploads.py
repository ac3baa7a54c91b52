"""Taking a file: looked at in the cage, stored whole, then its rows; a stop between leaves a file without a row."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted, end_reading, locked, transaction
from panel_app.foundation.files import sayings
from panel_app.foundation.files.bounds import Bounds, in_words
from panel_app.foundation.files.intake import Accepted, accept
from panel_app.foundation.files.names import shown_name
from panel_app.foundation.files.problems import FileProblem, Incomplete
from panel_app.foundation.files.registry import KINDS
from panel_app.foundation.files.store import Stored
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.saying import say
from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.portfolios.models import Evidence, EvidenceState, Portfolio, StoredFile
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import PortfolioRow, portfolio_row
from panel_app.portfolios.queries.stores import store
from panel_app.portfolios.services.evidence import AddedPiece, add_piece
from panel_app.portfolios.services.guarding import changing, keeping_late_attempts
from panel_app.portfolios.services.storage import is_used, row_of

CHUNK = 1 << 20


class NotTaken(Conflicted):
    """A file that isn't taken; the sentence says what to do. Whatever else was sent or uploaded stays."""

    def __init__(self, why: Sentence) -> None:
        super().__init__("file", say(why))


@dataclass(frozen=True)
class Announced:
    """What the browser said of a file before it sent it: bytes and SHA-256, or nothing."""

    size: int | None = None
    sha256: str | None = None


def add_file(
    actor: Actor, key: str, stream: BinaryIO, typed_name: str, announced: Announced | None = None, shows: str = ""
) -> AddedPiece:
    """Add a file as a piece of evidence. Raises Refused, or NotTaken with what is wrong and what to do.

    Nothing is locked and no transaction open while the file is read and looked at; the right is asked before and,
    with the deadline, again under the lock.
    """
    with keeping_late_attempts(actor, PortfolioAct.WRITE, key):
        must(can(actor, PortfolioAct.WRITE, key))
    portfolio = portfolio_row(key)
    if portfolio is None:
        raise Refused(NOT_FOUND)
    end_reading()
    with _arrived(stream, portfolio, typed_name, announced or Announced()) as (path, taken), path.open("rb") as whole:
        stored = store().put(key, whole, limit=portfolio.outline.max_file_bytes)
    try:
        return _keep(actor, portfolio, stored, taken.kind, shown_name(typed_name), shows)
    except (Refused, Conflicted):
        _discard(key, stored)
        raise


@contextmanager
def _arrived(
    stream: BinaryIO, portfolio: PortfolioRow, typed_name: str, announced: Announced
) -> Iterator[tuple[Path, Accepted]]:
    """The upload in a folder of its own, looked at; gone afterwards. Raises NotTaken."""
    limit = portfolio.outline.max_file_bytes
    with tempfile.TemporaryDirectory(prefix="panel-upload-") as folder:
        path = Path(folder) / "upload"
        try:
            KINDS.for_file_name(typed_name)
            _write(path, stream, limit, announced)
            taken = accept(path, typed_name, bounds=Bounds(file_bytes=limit))
        except FileProblem as problem:
            raise NotTaken(problem.sentence) from problem
        yield path, taken


def _write(path: Path, stream: BinaryIO, limit: int, announced: Announced) -> None:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise Incomplete(sayings.too_large(in_words(limit)))
            digest.update(chunk)
            file.write(chunk)
    if announced.size not in (None, size) or (announced.sha256 or digest.hexdigest()).lower() != digest.hexdigest():
        raise Incomplete(sayings.not_all_arrived())


def _keep(actor: Actor, portfolio: PortfolioRow, stored: Stored, kind: str, name: str, shows: str) -> AddedPiece:
    with changing(actor, PortfolioAct.WRITE, portfolio.key) as (db, row):
        _refuse_full(db, portfolio, stored)
        file = row_of(db, row.id, stored, KINDS.named(kind).media_type)
        piece = Evidence(kind=kind, file_id=file.id, shows=shows)
        return add_piece(db, row, piece, name, stored.sha256, by=actor)


def _refuse_full(db: Session, portfolio: PortfolioRow, stored: Stored) -> None:
    """Refuse a second copy of a listed file, one file too many, and more bytes than the rubric takes."""
    listed = (
        select(func.count(), func.coalesce(func.sum(StoredFile.size), 0))
        .select_from(Evidence)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.portfolio_id == portfolio.id, Evidence.state == EvidenceState.LISTED)
    )
    if db.execute(listed.where(StoredFile.sha256 == stored.sha256)).one()[0]:
        raise NotTaken(
            sentence(N_("This file is in your portfolio already. Choose another, or change what the first one shows."))
        )
    count, size = db.execute(listed).one()
    outline = portfolio.outline
    if count >= outline.max_files:
        raise NotTaken(
            counting(
                "You have %(num)s file, the most that this portfolio takes. Remove it before you add another.",
                "You have %(num)s files, the most that this portfolio takes. Remove one before you add another.",
                outline.max_files,
            )
        )
    if size + stored.size > outline.max_total_bytes:
        text = N_(
            "With this file your evidence would be larger than %(limit)s, the limit. Remove or shrink a file first."
        )
        raise NotTaken(sentence(text, limit=in_words(outline.max_total_bytes)))


def _discard(key: str, stored: Stored) -> None:
    """Delete a file that was stored but not kept, unless a row has it: under the lock, so that none appears."""
    with transaction() as db:
        portfolio = locked(db, Portfolio, key=key)
        portfolio_id = portfolio.id if portfolio else 0
        row = db.scalars(select(StoredFile).filter_by(portfolio_id=portfolio_id, sha256=stored.sha256)).one_or_none()
        if row is None or not is_used(db, row.id):
            store().delete(key, stored.sha256)
