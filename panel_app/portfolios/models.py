"""Portfolios, sections, evidence, panel copies, submissions and assessments: nothing here says who made them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, Sha256, holds, mapped_column
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_
from panel_app.portfolios.rules.drafts import Relation
from panel_app.portfolios.rules.pieces import CopyState, EvidenceState
from panel_app.portfolios.rules.statuses import AssessmentStatus, PortfolioStatus

__all__ = [
    "Assessment",
    "AssessmentStatus",
    "CopyState",
    "Evidence",
    "EvidenceState",
    "Extension",
    "FrontPage",
    "Mapping",
    "Occasion",
    "PanelCopy",
    "Portfolio",
    "PortfolioStatus",
    "Relation",
    "SectionText",
    "StoredFile",
    "Submission",
]


class Occasion(StrEnum):
    """Why an assessment is run."""

    FIRST = "first"
    APPEAL = "appeal"
    CORRECTION = "correction"


class Portfolio(Base):
    """What a candidate submits to a round; its owner lies in `portfolio_owner`, on the identity side."""

    __tablename__ = "portfolio"
    __table_args__ = (
        UniqueConstraint("round_id", "reference"),
        Index("ix_portfolio_round_id_status", "round_id", "status"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    reference: Mapped[str] = mapped_column(String(30))
    status: Mapped[PortfolioStatus]
    status_since: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Extension(Base):
    """A later deadline of one portfolio, granted with a reason. The latest row holds."""

    __tablename__ = "extension"

    id: Mapped[Id]
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    closes_wall: Mapped[str] = mapped_column(String(16))
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class SectionText(Base):
    """A section of a portfolio as the candidate wrote it; `section` is the rubric's id for it."""

    __tablename__ = "section_text"
    __table_args__ = (UniqueConstraint("portfolio_id", "section"),)

    id: Mapped[Id]
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    section: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]


class StoredFile(Base):
    """A file on disk under `<portfolio key>/<sha256>`; never shared between portfolios."""

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("portfolio_id", "sha256"), holds("size_is_positive", "size > 0"))

    id: Mapped[Id]
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    sha256: Mapped[Sha256]
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))


class Evidence(Base):
    """A file, a link or a text in a portfolio. Its typed name lies in `evidence_origin`; here it is `-E03`."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("portfolio_id", "number"),
        holds("file_or_link", "(kind = 'link') = (file_id IS NULL)"),
        holds("link_has_address", "(kind = 'link') = (link IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    number: Mapped[int]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    link: Mapped[str | None] = mapped_column(String(2000))
    shows: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[EvidenceState] = mapped_column(default=EvidenceState.LISTED)
    added_at: Mapped[datetime]


class Mapping(Base):
    """A piece bears on a criterion of the rubric (C1) or a domain of the framework (PSF-3)."""

    __tablename__ = "mapping"
    __table_args__ = (UniqueConstraint("evidence_id", "target"),)

    id: Mapped[Id]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(20))
    relation: Mapped[Relation]


class PanelCopy(Base):
    """The cleaned copy of a piece: the only one that the panel can reach. Made by a job after submission.

    `pages`: of a PDF; none for what has no pages.
    """

    __tablename__ = "panel_copy"
    __table_args__ = (
        UniqueConstraint("evidence_id", "version"),
        Index("ix_panel_copy_state", "state"),
        holds("ready_has_file", "(state = 'ready') = (file_id IS NOT NULL)"),
        holds("held_has_reason", "(state IN ('held', 'excluded')) = (reason IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    version: Mapped[int]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[CopyState]
    reason: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int | None]
    made_at: Mapped[datetime | None]


class FrontPage(Base):
    """The picture of a panel copy's first page, shown until the page is drawn. Made of the copy, never the original.

    A copy may have none: it has no pages, its first could not be drawn, or it was made before there were pictures.
    `width`, `height`: in pixels.
    """

    __tablename__ = "front_page"
    __table_args__ = (holds("has_sides", "width > 0 AND height > 0"),)

    copy_id: Mapped[int] = mapped_column(ForeignKey("panel_copy.id"), primary_key=True, autoincrement=False)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    width: Mapped[int]
    height: Mapped[int]


class Submission(Base):
    """One submit: number, pinned instant, canonical manifest; its SHA-256 is the receipt. Never changed."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("portfolio_id", "number"), UniqueConstraint("form_key"))

    id: Mapped[Id]
    key: Mapped[Key]
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    number: Mapped[int]
    submitted_at: Mapped[datetime]
    manifest: Mapped[str] = mapped_column(Text)
    sha256: Mapped[Sha256]
    form_key: Mapped[str] = mapped_column(String(64))


class Assessment(Base):
    """One run through one part of one portfolio; assignments, cases and proposals hang on it.

    `round_id` is the portfolio's, which never changes: a round's assessments are counted from one index.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("portfolio_id", "part_id", "occasion", "number"),
        Index("ix_assessment_status", "status"),
        Index("ix_assessment_round_id_status", "round_id", "status", "portfolio_id"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("rubric_part.id"))
    occasion: Mapped[Occasion]
    number: Mapped[int]
    status: Mapped[AssessmentStatus]
    status_since: Mapped[datetime]


says("uq_section_text_portfolio_id_section", N_("This section was saved from another page just now. Reload the page."))
says(
    "uq_stored_file_portfolio_id_sha256",
    N_("This file is in your portfolio already. Choose another, or change what the first one shows."),
    field="file",
)
says("uq_submission_form_key", N_("This was submitted already. Open the portfolio to see its receipt."))
forbid("submission", "submission", ("UPDATE", "DELETE"), "submissions are never changed")
forbid("extension", "extension", ("UPDATE", "DELETE"), "extensions are never changed: a later one holds")
