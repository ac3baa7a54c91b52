"""Evidence: adding links, saying what pieces show, ordering and removing them."""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import ngettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted, after_commit
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.words import N_
from panel_app.portfolios.happenings import EvidenceAdded, EvidenceDescribed, EvidenceMoved, EvidenceRemoved
from panel_app.portfolios.identity import EvidenceOrigin
from panel_app.portfolios.models import Evidence, EvidenceState, Mapping, Portfolio, Relation, StoredFile, Submission
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import criteria_of, domains_of, portfolio_row
from panel_app.portfolios.queries.stores import store
from panel_app.portfolios.rules import texts
from panel_app.portfolios.rules.pieces import EVIDENCE, EvidenceStep
from panel_app.portfolios.services.guarding import changing, changing_piece
from panel_app.portfolios.services.storage import is_used

LINK = "link"
BAD_LINK = N_("Enter a whole address that begins with https:// or http://, such as https://example.org/report.")
DOUBLE_LINK = N_("This address is in your portfolio already. Change what the first one shows instead.")


@dataclass(frozen=True)
class AddedPiece:
    """A piece that was added."""

    id: int
    key: str
    number: int


def add_link(actor: Actor, key: str, link: str, shows: str = "") -> AddedPiece:
    """Add an address as a piece of evidence; nobody fetches it. Raises Refused, or Conflicted for a bad address."""
    link = link.strip()
    if not _is_address(link):
        raise Conflicted("link", BAD_LINK)
    with changing(actor, PortfolioAct.WRITE, key) as (db, portfolio):
        listed = select(func.count()).where(
            Evidence.portfolio_id == portfolio.id, Evidence.state == EvidenceState.LISTED
        )
        if db.scalar(listed.where(Evidence.link == link)):
            raise Conflicted("link", DOUBLE_LINK)
        row = portfolio_row(key)
        most = row.outline.max_files if row else 0
        if (db.scalar(listed) or 0) >= most:
            raise Conflicted("link", _full(most))
        return add_piece(db, portfolio, Evidence(kind=LINK, link=link, shows=shows), None, "", by=actor)


def _full(most: int) -> str:
    return str(
        ngettext(
            "You have %(num)s piece, the most that this portfolio takes. Remove it before you add another.",
            "You have %(num)s pieces, the most that this portfolio takes. Remove one before you add another.",
            most,
        )
    )


def add_piece(
    db: Session, portfolio: Portfolio, piece: Evidence, name: str | None, sha256: str, *, by: Actor
) -> AddedPiece:
    """Number and place a piece of a locked portfolio; its own name goes to the identity side."""
    of_it = Evidence.portfolio_id == portfolio.id
    last_number = db.scalar(select(func.max(Evidence.number)).where(of_it)) or 0
    last_position = db.scalar(select(func.max(Evidence.position)).where(of_it)) or 0
    piece.key, piece.portfolio_id, piece.added_at = new_key(), portfolio.id, clock.now()
    piece.number, piece.position, piece.state = last_number + 1, last_position + 1, EVIDENCE.start
    piece.shows = texts.stored(piece.shows)
    db.add(piece)
    db.flush()
    if name is not None:
        db.add(EvidenceOrigin(evidence_id=piece.id, name=name))
    added = EvidenceAdded(portfolio_id=portfolio.id, evidence_id=piece.id, kind=piece.kind, sha256=sha256)
    record(added, by=by)
    return AddedPiece(piece.id, piece.key, piece.number)


def describe_evidence(actor: Actor, key: str, shows: str, mappings: Map[str, Relation]) -> None:
    """Say what a piece shows and what it bears on; targets that the rubric and framework lack are left out."""
    with changing_piece(actor, key) as (db, portfolio, piece):
        row = portfolio_row(portfolio.key)
        assert row is not None
        known = {each.code for each in (*criteria_of(row.rubric_id), *domains_of(row.framework_id))}
        piece.shows = texts.stored(shows)
        db.execute(delete(Mapping).where(Mapping.evidence_id == piece.id))
        db.add_all(
            Mapping(evidence_id=piece.id, target=target, relation=how)
            for target, how in sorted(mappings.items())
            if target in known
        )
        record(EvidenceDescribed(portfolio_id=portfolio.id, evidence_id=piece.id), by=actor)


def move_evidence(actor: Actor, key: str, *, earlier: bool) -> None:
    """Swap a piece with the one before it (or, if not `earlier`, after it); at an end of the list nothing happens."""
    with changing_piece(actor, key) as (db, portfolio, piece):
        beside = select(Evidence).where(Evidence.portfolio_id == portfolio.id, Evidence.state == EvidenceState.LISTED)
        if earlier:
            beside = beside.where(Evidence.position < piece.position).order_by(Evidence.position.desc())
        else:
            beside = beside.where(Evidence.position > piece.position).order_by(Evidence.position)
        other = db.scalars(beside.limit(1)).one_or_none()
        if other is not None:
            piece.position, other.position = other.position, piece.position
            record(EvidenceMoved(portfolio_id=portfolio.id, evidence_id=piece.id), by=actor)


def remove_evidence(actor: Actor, key: str) -> None:
    """Take a piece out. What an earlier submission names stays with that submission; else its bytes are deleted."""
    with changing_piece(actor, key) as (db, portfolio, piece):
        record(EvidenceRemoved(portfolio_id=portfolio.id, number=piece.number), by=actor)
        submitted = db.scalar(select(Submission.id).filter_by(portfolio_id=portfolio.id).limit(1))
        if submitted is not None:
            piece.state = EVIDENCE.after(EvidenceStep.REMOVE, piece.state)
            return
        file = db.get(StoredFile, piece.file_id) if piece.file_id else None
        db.execute(delete(Mapping).where(Mapping.evidence_id == piece.id))
        db.execute(delete(EvidenceOrigin).where(EvidenceOrigin.evidence_id == piece.id))
        db.delete(piece)
        db.flush()
        if file is not None and not is_used(db, file.id):
            db.delete(file)
            portfolio_key, sha256 = portfolio.key, file.sha256
            after_commit(lambda: store().delete(portfolio_key, sha256))


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    plain = link.isprintable() and " " not in link and len(link) <= 2000
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and "@" not in parts.netloc
