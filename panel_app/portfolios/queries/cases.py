"""The coordinator's page of one portfolio: the identity stands here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from panel_app.accounts.models import EmailAddress, Person
from panel_app.foundation.database import reading
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    Extension,
    Occasion,
    PanelCopy,
)
from panel_app.portfolios.queries.drafts import (
    PieceRow,
    PortfolioRow,
    SubmissionRow,
    pieces_of,
    portfolio_row,
    submissions_of,
)
from panel_app.programmes.models import RubricPart


@dataclass(frozen=True)
class CandidateCard:
    """Who the candidate is."""

    name: str
    email: str
    organisation: str
    other_names: tuple[str, ...]
    people_named: tuple[str, ...]


@dataclass(frozen=True)
class CopyRow:
    """The panel copy of a piece: where it stands and why it is held or left out."""

    evidence_key: str
    key: str
    state: CopyState
    reason: str | None


@dataclass(frozen=True)
class ExtensionRow:
    """A later deadline that was granted, with its reason and by whom."""

    closes_at: datetime
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True)
class AssessmentRow:
    """One run through one part."""

    id: int
    key: str
    part: str
    occasion: Occasion
    number: int
    status: AssessmentStatus
    since: datetime


@dataclass(frozen=True)
class CasePage:
    """Everything of one portfolio for its coordinators."""

    portfolio: PortfolioRow
    candidate: CandidateCard
    pieces: tuple[PieceRow, ...]
    copies: dict[str, CopyRow]
    submissions: tuple[SubmissionRow, ...]
    extensions: tuple[ExtensionRow, ...]
    assessments: tuple[AssessmentRow, ...]


def case_page(key: str) -> CasePage | None:
    """One portfolio. Eight statements at any number of pieces."""
    portfolio = portfolio_row(key)
    if portfolio is None:
        return None
    return CasePage(
        portfolio=portfolio,
        candidate=_candidate(portfolio.id),
        pieces=pieces_of(portfolio.id),
        copies=_copies(portfolio.id),
        submissions=submissions_of(portfolio.id),
        extensions=_extensions(portfolio.id),
        assessments=assessments_of(portfolio.id),
    )


def assessments_of(portfolio_id: int) -> tuple[AssessmentRow, ...]:
    """Every assessment of a portfolio in order. One statement."""
    rows = reading().execute(
        select(Assessment.id, Assessment.key, RubricPart.title, Assessment.occasion, Assessment.number)
        .add_columns(Assessment.status, Assessment.status_since)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
        .where(Assessment.portfolio_id == portfolio_id)
        .order_by(Assessment.id)
    )
    return tuple(AssessmentRow(*row) for row in rows)


def _candidate(portfolio_id: int) -> CandidateCard:
    row = reading().execute(
        select(Person.name, EmailAddress.typed, PortfolioOwner)
        .join(Person, Person.id == PortfolioOwner.person_id)
        .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
        .where(PortfolioOwner.portfolio_id == portfolio_id)
    )
    name, email, owner = row.one()
    return CandidateCard(name, email or "", owner.organisation, tuple(owner.other_names), tuple(owner.people_named))


def _copies(portfolio_id: int) -> dict[str, CopyRow]:
    rows = reading().execute(
        select(Evidence.key, PanelCopy.key, PanelCopy.state, PanelCopy.reason)
        .join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
        .where(Evidence.portfolio_id == portfolio_id)
        .order_by(PanelCopy.version)
    )
    return {row[0]: CopyRow(*row) for row in rows}


def _extensions(portfolio_id: int) -> tuple[ExtensionRow, ...]:
    author = aliased(Person)
    rows = reading().execute(
        select(Extension.closes_at, Extension.reason, author.name, Extension.at)
        .join(author, author.id == Extension.author_id)
        .where(Extension.portfolio_id == portfolio_id)
        .order_by(Extension.id.desc())
    )
    return tuple(ExtensionRow(*row) for row in rows)
