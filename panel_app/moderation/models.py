"""Moderation cases: why a portfolio must be looked at, what was done, by whom and why."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column, one_where
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_
from panel_app.moderation.rules import CaseAct, CaseState


class ModerationCase(Base):
    """One case per assessment at a time; it never changes a sheet, it adds a record. `answer` is the last one given."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        one_where("uq_moderation_case_one_open", "state <> 'closed'", "assessment_id"),
        holds("answered_has_answer", "state <> 'answered' OR answer IS NOT NULL"),
        holds("closed_has_instant", "(state = 'closed') = (closed_at IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    state: Mapped[CaseState] = mapped_column(index=True)
    state_since: Mapped[datetime]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]


class SleepingCase(Base):
    """What triggers found while a sheet can be taken back still: shown to nobody and counted nowhere.

    Found in the transaction that submits the sheet. It ends when a sheet is taken back, or when the last grace is
    over: then it becomes a case, `case_id`. `reasons`: `[{"trigger": …, "code": …, "words": …}]`.
    """

    __tablename__ = "sleeping_case"
    __table_args__ = (
        one_where("uq_sleeping_case_one_asleep", "ended_at IS NULL", "assessment_id"),
        holds("case_only_when_ended", "case_id IS NULL OR ended_at IS NOT NULL"),
    )

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    found_at: Mapped[datetime]
    wakes_at: Mapped[datetime]
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    ended_at: Mapped[datetime | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_case.id"))


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


class CaseMove(Base):
    """One move of a case: which act led to which state, when, by whom and why. Append-only.

    `by_id` is empty where the system did it; the reason of an answer is the answer.
    """

    __tablename__ = "case_move"

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    act: Mapped[CaseAct]
    state: Mapped[CaseState]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")


class ModeratorLevel(Base):
    """A level that the moderator set on a criterion, with the reason; sheets stay as they are.

    A later answer of the same case replaces it and leaves it in the record.
    """

    __tablename__ = "moderator_level"
    __table_args__ = (
        one_where("uq_moderator_level_one_holds", "replaced_at IS NULL", "case_id", "criterion_id"),
        ForeignKeyConstraint(["level_id", "criterion_id"], ["level.id", "level.criterion_id"]),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    criterion_id: Mapped[int]
    level_id: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    set_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class SampleDraw(Base):
    """The sample of a round, drawn once, with the seed that repeats it."""

    __tablename__ = "sample_draw"
    __table_args__ = (UniqueConstraint("round_id"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    seed: Mapped[int]
    size: Mapped[int]
    drawn: Mapped[int]
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


says("uq_moderation_case_one_open", N_("This portfolio has a moderation case already. Open it from the list of cases."))
says("uq_sample_draw_round_id", N_("The sample of this round was drawn already. Its cases stand in moderation."))
forbid("case_move_grows", "case_move", ("UPDATE", "DELETE"), "moves of moderation cases are only added to")
forbid("case_reason_grows", "case_reason", ("UPDATE", "DELETE"), "reasons of moderation cases are only added to")
