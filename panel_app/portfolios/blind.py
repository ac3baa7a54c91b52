"""The blind view: what the panel sees of a portfolio. Nothing here joins or imports the identity side.

It shows the last submission as its manifest holds it, never the draft, which its candidate may still change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, Select, select

from panel_app.foundation.database import reading
from panel_app.portfolios.models import CopyState, Evidence, FrontPage, PanelCopy, Portfolio, Submission
from panel_app.portfolios.rules import manifests, texts
from panel_app.portfolios.rules.coverage import Coverage, coverage
from panel_app.portfolios.rules.drafts import Relation
from panel_app.programmes.models import Domain, Round, Rubric


@dataclass(frozen=True)
class BlindSection:
    """A section as it was submitted."""

    id: str
    title: str
    text: str
    words: int


@dataclass(frozen=True)
class BlindCopy:
    """The panel copy of a piece: its key, its pages if it has any, the sides of its first page's picture in pixels.

    `sides` is none where there is no picture.
    """

    key: str
    pages: int | None
    sides: tuple[int, int] | None


@dataclass(frozen=True)
class BlindPiece:
    """A piece as it was submitted: `E03`, its kind, its sentence, what it bears on, and its panel copy.

    `copy` is none for a link, and for a file whose copy isn't ready or was left out; `link` only for a link.
    """

    label: str
    kind: str
    shows: str
    mappings: Mapping[str, Relation]
    copy: BlindCopy | None
    link: str | None

    @property
    def copy_key(self) -> str | None:
        """The key of its panel copy, if it has one."""
        return self.copy.key if self.copy else None


@dataclass(frozen=True)
class BlindPortfolio:
    """A portfolio without its candidate: reference, public key, sections, evidence, and the picture of its coverage."""

    reference: str
    key: str
    submitted_number: int
    sections: tuple[BlindSection, ...]
    evidence: tuple[BlindPiece, ...]
    coverage: Coverage


def blind_portfolio(portfolio_id: int) -> BlindPortfolio | None:
    """The last submission of a portfolio; none when nothing was submitted. Four statements."""
    head = _head().where(Portfolio.id == portfolio_id)
    return _read(reading().execute(head).one_or_none())


def blind_portfolio_by_key(key: str) -> BlindPortfolio | None:
    """The same by the portfolio's public key. Four statements."""
    return _read(reading().execute(_head().where(Portfolio.key == key)).one_or_none())


def _head() -> Select[int, str, str, int]:
    return (
        select(Portfolio.id, Portfolio.key, Portfolio.reference, Rubric.framework_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Rubric, Rubric.id == Round.rubric_id)
    )


def _read(head: Row[int, str, str, int] | None) -> BlindPortfolio | None:
    if head is None:
        return None
    portfolio_id, key, reference, framework_id = head
    last = select(Submission.number, Submission.manifest).where(Submission.portfolio_id == portfolio_id)
    submission = reading().execute(last.order_by(Submission.number.desc()).limit(1)).one_or_none()
    if submission is None:
        return None
    manifest = manifests.read(submission.manifest)
    copies = _copies(portfolio_id)
    pieces = tuple(_piece(each, copies) for each in manifest.pieces)
    return BlindPortfolio(
        reference=reference,
        key=key,
        submitted_number=submission.number,
        sections=tuple(BlindSection(s.id, s.title, s.text, texts.count_words(s.text)) for s in manifest.sections),
        evidence=pieces,
        coverage=coverage(_domains(framework_id), [(piece.label, piece.mappings) for piece in pieces]),
    )


def _piece(submitted: manifests.SubmittedPiece, copies: Mapping[str, BlindCopy]) -> BlindPiece:
    return BlindPiece(
        label=submitted.label,
        kind=submitted.kind,
        shows=submitted.shows,
        mappings={target: Relation(how) for target, how in submitted.mappings.items()},
        copy=copies.get(submitted.key),
        link=submitted.link,
    )


def _copies(portfolio_id: int) -> dict[str, BlindCopy]:
    rows = reading().execute(
        select(Evidence.key, PanelCopy.key, PanelCopy.pages, FrontPage.width, FrontPage.height)
        .join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
        .outerjoin(FrontPage, FrontPage.copy_id == PanelCopy.id)
        .where(Evidence.portfolio_id == portfolio_id, PanelCopy.state == CopyState.READY)
        .order_by(PanelCopy.version, PanelCopy.id)
    )
    return {
        piece: BlindCopy(key, pages, (width, height) if width else None) for piece, key, pages, width, height in rows
    }


def _domains(framework_id: int) -> list[tuple[str, str]]:
    rows = reading().execute(
        select(Domain.code, Domain.title)
        .where(Domain.framework_id == framework_id)
        .order_by(Domain.position, Domain.id)
    )
    return [(code, title) for code, title in rows]
