"""The register of conflicts: one finding per member, portfolio and kind; and who in a role must keep away from what."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint

from panel_app.conflicts.rules import FindingAct, FindingState, Strength
from panel_app.foundation.database import Base, Id, Key, Mapped, Sha256, holds, mapped_column
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import Sentence


class Finding(Base):
    """A detector's finding about one member and one portfolio. A dismissed one stays so until its facts change.

    `reason` is a text with places, `reason_params` what stands in them; `decided_…` is the decision that holds now.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("member_id", "portfolio_id", "kind"),
        Index("ix_finding_portfolio_id_member_id", "portfolio_id", "member_id"),
        holds("open_has_a_date", "(state = 'open') = (decide_by IS NOT NULL)"),
        holds("dismissed_is_decided", "state <> 'dismissed' OR decided_at IS NOT NULL"),
        holds("decision_is_whole", "(decided_at IS NULL) = (decision_reason IS NULL)"),
        holds("only_decisions_are_dismissed", "state NOT IN ('dismissed', 'open') OR strength = 'decision'"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    kind: Mapped[str] = mapped_column(String(40))
    strength: Mapped[Strength]
    state: Mapped[FindingState]
    state_since: Mapped[datetime]
    decide_by: Mapped[datetime | None]
    fingerprint: Mapped[Sha256]
    reason: Mapped[str] = mapped_column(Text)
    reason_params: Mapped[dict[str, Any]]
    found_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)

    @property
    def why(self) -> Sentence:
        """The reason as a sentence, to be said in the reader's language."""
        return Sentence(self.reason, self.reason_params)


class FindingDecision(Base):
    """What a coordinator decided about a finding, and why. Never changed: a later row holds."""

    __tablename__ = "finding_decision"

    id: Mapped[Id]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    act: Mapped[FindingAct]
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class RoleConflict(Base):
    """A person with a role in the round has a conflict with a portfolio: they see nothing of it while this stands."""

    __tablename__ = "role_conflict"
    __table_args__ = (UniqueConstraint("person_id", "portfolio_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    found_at: Mapped[datetime]


forbid("finding_decision", "finding_decision", ("UPDATE", "DELETE"), "decisions are never changed: a later one holds")
