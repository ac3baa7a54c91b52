"""Moderation cases: why a portfolio must be looked at, what was done, by whom and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint

from panel_app.foundation.database import Base, Id, Key, Mapped, mapped_column, one_where
from panel_app.moderation.rules import CaseState


class ModerationCase(Base):
    """One case per assessment at a time; it never changes a sheet, it adds a record."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        one_where("uq_moderation_case_one_open", "state <> 'closed'", "assessment_id"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    state: Mapped[CaseState]
    state_since: Mapped[datetime]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]


class CaseReason(Base):
    """One trigger's reason for a case, in words."""

    __tablename__ = "case_reason"
    __table_args__ = (UniqueConstraint("case_id", "trigger", "code"),)

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    trigger: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)
    found_at: Mapped[datetime]


class ModeratorLevel(Base):
    """A level that the moderator set on a criterion, with the reason; sheets stay as they are."""

    __tablename__ = "moderator_level"
    __table_args__ = (
        UniqueConstraint("case_id", "criterion_id"),
        ForeignKeyConstraint(["level_id", "criterion_id"], ["level.id", "level.criterion_id"]),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    criterion_id: Mapped[int]
    level_id: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
