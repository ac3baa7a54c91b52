"""A portfolio as its candidate sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.portfolios.identity import EvidenceOrigin
from panel_app.portfolios.models import (
    Evidence,
    EvidenceState,
    Mapping,
    Portfolio,
    PortfolioStatus,
    SectionText,
    StoredFile,
    Submission,
)
from panel_app.portfolios.queries.standing_facts import has_result, own_deadline
from panel_app.portfolios.rules.drafts import Draft, Piece, Relation
from panel_app.portfolios.rules.outlines import Outline, outline_of
from panel_app.programmes.models import Criterion, Domain, Programme, Round, Rubric


@dataclass(frozen=True)
class Target:
    """What evidence can bear on: a criterion (C1) or a domain (PSF-3)."""

    code: str
    title: str


@dataclass(frozen=True)
class TextRow:
    """A section's text with the version that a save must name."""

    text: str
    revision: int
    saved_at: datetime | None


NOTHING_WRITTEN = TextRow("", 0, None)


@dataclass(frozen=True)
class PieceRow:
    """A piece of evidence as its candidate sees it: `name` is the file's own name or the link."""

    id: int
    key: str
    number: int
    position: int
    kind: str
    name: str
    link: str | None
    sha256: str | None
    size: int | None
    shows: str
    mappings: dict[str, Relation]

    @property
    def label(self) -> str:
        return f"E{self.number:02d}"


@dataclass(frozen=True)
class SubmissionRow:
    """One submit: its number, instant and receipt."""

    key: str
    number: int
    submitted_at: datetime
    sha256: str


@dataclass(frozen=True)
class PortfolioRow:
    """A portfolio with its round: what most pages print on top. Instants in UTC, to be shown in `zone`."""

    id: int
    key: str
    reference: str
    status: PortfolioStatus
    status_since: datetime
    round_id: int
    round_key: str
    round_title: str
    programme: str
    programme_name: str
    rubric_id: int
    rubric_version: str
    framework_id: int
    outline: Outline
    zone: str
    closes_at: datetime
    round_closes_at: datetime
    scoring_due_at: datetime
    release_at: datetime
    has_result: bool


@dataclass(frozen=True)
class DraftPage:
    """All that the candidate's pages print."""

    portfolio: PortfolioRow
    texts: dict[str, TextRow]
    pieces: tuple[PieceRow, ...]
    criteria: tuple[Target, ...]
    domains: tuple[Target, ...]
    submissions: tuple[SubmissionRow, ...]

    @property
    def draft(self) -> Draft:
        """The part that rules look at."""
        pieces = [Piece(row.label, row.shows, row.mappings) for row in self.pieces]
        return Draft({name: row.text for name, row in self.texts.items()}, pieces)

    @property
    def domain_titles(self) -> dict[str, str]:
        return {each.code: each.title for each in self.domains}

    def text(self, section: str) -> TextRow:
        """A section's text, or nothing at revision 0."""
        return self.texts.get(section, NOTHING_WRITTEN)

    def piece(self, key: str) -> PieceRow | None:
        """The piece with this key, or none."""
        return next((row for row in self.pieces if row.key == key), None)


def portfolio_row(key: str) -> PortfolioRow | None:
    """A portfolio with its round and what the rubric asks. One statement."""
    row = (
        reading()
        .execute(
            select(
                Portfolio.id,
                Portfolio.key,
                Portfolio.reference,
                Portfolio.status,
                Portfolio.status_since,
                Round.id.label("round_id"),
                Round.key.label("round_key"),
                Round.title.label("round_title"),
                Programme.code.label("programme"),
                Programme.name.label("programme_name"),
                Rubric.id.label("rubric_id"),
                Rubric.version.label("rubric_version"),
                Rubric.framework_id,
                Rubric.portfolio.label("outline"),
                Round.zone,
                own_deadline().label("closes_at"),
                Round.closes_at.label("round_closes_at"),
                Round.scoring_due_at,
                Round.release_at,
                has_result().label("has_result"),
            )
            .join(Round, Round.id == Portfolio.round_id)
            .join(Rubric, Rubric.id == Round.rubric_id)
            .join(Programme, Programme.id == Rubric.programme_id)
            .where(Portfolio.key == key)
        )
        .one_or_none()
    )
    return PortfolioRow(**{**row._asdict(), "outline": outline_of(row.outline)}) if row else None


def draft_page(key: str) -> DraftPage | None:
    """Everything of one portfolio. Seven statements at any number of pieces."""
    portfolio = portfolio_row(key)
    if portfolio is None:
        return None
    return DraftPage(
        portfolio=portfolio,
        texts=texts_of(portfolio.id),
        pieces=pieces_of(portfolio.id),
        criteria=criteria_of(portfolio.rubric_id),
        domains=domains_of(portfolio.framework_id),
        submissions=submissions_of(portfolio.id),
    )


def texts_of(portfolio_id: int) -> dict[str, TextRow]:
    """Section id → its text. One statement."""
    columns = (SectionText.section, SectionText.text, SectionText.revision, SectionText.saved_at)
    rows = reading().execute(select(*columns).where(SectionText.portfolio_id == portfolio_id))
    return {row.section: TextRow(row.text, row.revision, row.saved_at) for row in rows}


def pieces_of(portfolio_id: int) -> tuple[PieceRow, ...]:
    """The listed pieces in order, with their own names. Two statements."""
    listed = (Evidence.portfolio_id == portfolio_id, Evidence.state == EvidenceState.LISTED)
    pairs = reading().execute(
        select(Mapping.evidence_id, Mapping.target, Mapping.relation)
        .join(Evidence, Evidence.id == Mapping.evidence_id)
        .where(*listed)
        .order_by(Mapping.target, Mapping.id)
    )
    mapped: dict[int, dict[str, Relation]] = {}
    for evidence_id, target, relation in pairs:
        mapped.setdefault(evidence_id, {})[target] = relation
    rows = reading().execute(
        select(Evidence, EvidenceOrigin.name, StoredFile.sha256, StoredFile.size)
        .outerjoin(EvidenceOrigin, EvidenceOrigin.evidence_id == Evidence.id)
        .outerjoin(StoredFile, StoredFile.id == Evidence.file_id)
        .where(*listed)
        .order_by(Evidence.position, Evidence.id)
    )
    return tuple(_piece(piece, name, sha256, size, mapped.get(piece.id, {})) for piece, name, sha256, size in rows)


def _piece(
    piece: Evidence, name: str | None, sha256: str | None, size: int | None, mapped: dict[str, Relation]
) -> PieceRow:
    return PieceRow(
        id=piece.id,
        key=piece.key,
        number=piece.number,
        position=piece.position,
        kind=piece.kind,
        name=name or piece.link or "",
        link=piece.link,
        sha256=sha256,
        size=size,
        shows=piece.shows,
        mappings=mapped,
    )


def criteria_of(rubric_id: int) -> tuple[Target, ...]:
    """The rubric's criteria in order. One statement."""
    rows = reading().execute(
        select(Criterion.code, Criterion.title)
        .where(Criterion.rubric_id == rubric_id)
        .order_by(Criterion.position, Criterion.id)
    )
    return tuple(Target(*row) for row in rows)


def domains_of(framework_id: int) -> tuple[Target, ...]:
    """The framework's domains in order. One statement."""
    rows = reading().execute(
        select(Domain.code, Domain.title)
        .where(Domain.framework_id == framework_id)
        .order_by(Domain.position, Domain.id)
    )
    return tuple(Target(*row) for row in rows)


def submissions_of(portfolio_id: int) -> tuple[SubmissionRow, ...]:
    """Every submit, the last first: the last counts. One statement."""
    columns = (Submission.key, Submission.number, Submission.submitted_at, Submission.sha256)
    rows = reading().execute(
        select(*columns).where(Submission.portfolio_id == portfolio_id).order_by(Submission.number.desc())
    )
    return tuple(SubmissionRow(*row) for row in rows)
