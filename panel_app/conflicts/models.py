"""The register of conflicts: one finding per member, portfolio and kind."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint

from panel_app.conflicts.rules import FindingState, Strength
from panel_app.foundation.database import Base, Id, Key, Mapped, Sha256, mapped_column


class Finding(Base):
    """A detector's finding about one member and one portfolio. A dismissed one stays so until its facts change."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("member_id", "portfolio_id", "kind"),
        Index("ix_finding_portfolio_id_member_id", "portfolio_id", "member_id"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    kind: Mapped[str] = mapped_column(String(40))
    strength: Mapped[Strength]
    state: Mapped[FindingState]
    fingerprint: Mapped[Sha256]
    reason: Mapped[str] = mapped_column(Text)
    found_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
