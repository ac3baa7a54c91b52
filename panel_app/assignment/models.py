"""Plans and assignments: who is asked to assess what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from panel_app.assignment.rules import LIVE_STATES, AssignmentState
from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column, one_where
from panel_app.foundation.words import N_


class AssignmentRole(StrEnum):
    """In what role a member is asked."""

    ASSESSOR = "assessor"
    LEAD = "lead"
    THIRD = "third"
    REVIEWER = "reviewer"
    FRESH = "fresh"


class PlanState(StrEnum):
    """A plan is drawn up, then its offers are sent, or a newer plan replaces it."""

    DRAFT = "draft"
    SENT = "sent"
    DROPPED = "dropped"


class Plan(Base):
    """A proposal of the solver for a round, which a coordinator may change before its offers go out."""

    __tablename__ = "plan"
    __table_args__ = (
        one_where("uq_plan_one_draft", "state = 'draft'", "round_id"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    state: Mapped[PlanState]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]


class PlanPair(Base):
    """A member for a portfolio's assessment, with the reason in words; `changed_reason` when a coordinator chose it."""

    __tablename__ = "plan_pair"
    __table_args__ = (UniqueConstraint("plan_id", "assessment_id", "member_id"),)

    id: Mapped[Id]
    key: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str] = mapped_column(Text)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_reason: Mapped[str | None] = mapped_column(Text)


class PlanShortfall(Base):
    """Places of an assessment that the plan could not fill, and why."""

    __tablename__ = "plan_shortfall"
    __table_args__ = (UniqueConstraint("plan_id", "assessment_id"), holds("missing_is_positive", "missing > 0"))

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    missing: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)


_LIVE = "state IN (" + ", ".join(f"'{state.value}'" for state in sorted(LIVE_STATES)) + ")"


class Assignment(Base):
    """A member on one assessment, in a role. One live one per (assessment, member); a new offer is a new row."""

    __tablename__ = "assignment"
    __table_args__ = (
        one_where("uq_assignment_one_live", _LIVE, "assessment_id", "member_id"),
        Index("ix_assignment_member_id_state", "member_id", "state"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    role: Mapped[AssignmentRole]
    state: Mapped[AssignmentState]
    state_since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    offered_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None] = mapped_column(Text)


says("uq_assignment_one_live", N_("This member has this portfolio already. Look at the portfolio's page."))
says("uq_plan_one_draft", N_("A plan is being drawn up already. Open it, or drop it first."))
