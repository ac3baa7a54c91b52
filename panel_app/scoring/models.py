"""Score sheets: one assessor's levels and words per criterion, with every version kept."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint

from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column


class Confidence(StrEnum):
    """How sure the assessor is of a level."""

    LOW = "low"
    FAIR = "fair"
    HIGH = "high"


class ScoreSheet(Base):
    """One assignment's sheet. It has no state of its own: the assignment has; `revision` counts its saves."""

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("assignment_id"), UniqueConstraint("id", "rubric_id"))

    id: Mapped[Id]
    key: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubric.id"))
    revision: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]
    set_aside_reason: Mapped[str | None] = mapped_column(Text)


class Score(Base):
    """A level of one criterion of the sheet's rubric, why, how sure, and what the candidate reads."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion_id"),
        ForeignKeyConstraint(["sheet_id", "rubric_id"], ["score_sheet.id", "score_sheet.rubric_id"]),
        ForeignKeyConstraint(["criterion_id", "rubric_id"], ["criterion.id", "criterion.rubric_id"]),
        ForeignKeyConstraint(["level_id", "criterion_id"], ["level.id", "level.criterion_id"]),
        holds("cannot_judge_has_no_level", "cannot_judge IS NULL OR level_id IS NULL"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int]
    rubric_id: Mapped[int]
    criterion_id: Mapped[int]
    level_id: Mapped[int | None]
    cannot_judge: Mapped[str | None] = mapped_column(Text)
    rationale: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence | None]
    feedback: Mapped[str] = mapped_column(Text, default="")


class SheetSave(Base):
    """One save that arrived: its id makes a replay harmless, its values are the sheet's history."""

    __tablename__ = "sheet_save"
    __table_args__ = (UniqueConstraint("sheet_id", "operation"), UniqueConstraint("sheet_id", "revision"))

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"))
    operation: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime]


class SubmittedVersion(Base):
    """The sheet as it was submitted, each time. The first stays when a sheet is reopened."""

    __tablename__ = "submitted_version"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"))
    number: Mapped[int]
    submitted_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
