"""Who made what: the identity side of portfolios. Panel-facing modules may not import this."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Mapped, mapped_column
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_


class PortfolioOwner(Base):
    """The candidate of a portfolio, with the organisation and relations that conflicts are found by."""

    __tablename__ = "portfolio_owner"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation: Mapped[str] = mapped_column(String(200), default="")
    other_names: Mapped[list[str]] = mapped_column(default=list)
    people_named: Mapped[list[str]] = mapped_column(default=list)
    since: Mapped[datetime]


class EvidenceOrigin(Base):
    """What a piece was called on the candidate's machine."""

    __tablename__ = "evidence_origin"

    id: Mapped[Id]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(300))


class SubmissionNames(Base):
    """The names that the files of one submission had, as canonical JSON; the manifest holds its SHA-256."""

    __tablename__ = "submission_names"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    names: Mapped[str] = mapped_column(Text)


# A DELETE stays possible: names can be erased by an audited act, the receipt then covers a list that is gone.
forbid("submission_names", "submission_names", ("UPDATE",), "submissions are never changed")
says(
    "uq_portfolio_owner_round_id_person_id",
    N_("You have a portfolio in this round already. Open it from your first page."),
)
