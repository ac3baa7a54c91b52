"""Plans and assignments: who is asked to assess what."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from panel_app.assignment.plan_rules import PlanState
from panel_app.assignment.rules import LIVE_STATES, AssignmentAct, AssignmentState
from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column, one_where
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_


class AssignmentRole(StrEnum):
    """In what role a member is asked."""

    ASSESSOR = "assessor"
    LEAD = "lead"
    THIRD = "third"
    REVIEWER = "reviewer"
    FRESH = "fresh"


class Plan(Base):
    """A proposal of the solver for a round, which a coordinator may change before its offers go out."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        one_where("uq_plan_one_draft", "state = 'draft'", "round_id"),
        holds("sent_has_instant", "(state = 'sent') = (sent_at IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    state: Mapped[PlanState]
    took_ms: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]


class PlanPair(Base):
    """A member for a portfolio's assessment, with the reason in words; `changed_reason` when a coordinator chose it.

    `fit`: how well the member's domains cover the portfolio's, per thousand.
    """

    __tablename__ = "plan_pair"
    __table_args__ = (UniqueConstraint("plan_id", "assessment_id", "member_id"),)

    id: Mapped[Id]
    key: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    fit: Mapped[int] = mapped_column(default=0)
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
    """A member on one assessment, in a role. One live one per (assessment, member); a new offer is a new row.

    `reason` is why this member was asked, `ended_reason` why the row ended. `offer_message_id`: the message that told
    of the offer; several offers of one plan share it. `round_id` is the portfolio's, which never changes.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        one_where("uq_assignment_one_live", _LIVE, "assessment_id", "member_id"),
        Index("ix_assignment_member_id_state", "member_id", "state"),
        Index("ix_assignment_state_answer_by", "state", "answer_by"),
        Index("ix_assignment_round_id_state", "round_id", "state", "role", "assessment_id", "due_at", "submitted_at"),
        Index("ix_assignment_round_id_member_id", "round_id", "member_id", "state", "assessment_id"),
        holds("submitted_has_instant", "state <> 'submitted' OR submitted_at IS NOT NULL"),
        holds("deferred_has_date", "(state = 'deferred') = (deferred_until IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    role: Mapped[AssignmentRole]
    state: Mapped[AssignmentState]
    state_since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    offered_at: Mapped[datetime]
    offer_message_id: Mapped[int | None] = mapped_column(ForeignKey("notification.id"), index=True)
    answer_by: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    deferred_until: Mapped[date | None]
    ended_reason: Mapped[str | None] = mapped_column(Text)


class AssignmentMove(Base):
    """One move of an assignment: which act led to which state, when, by whom and why. Append-only.

    `act` is empty for the offer itself and for a later due date. `by_id` is empty where the system did it.
    """

    __tablename__ = "assignment_move"

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    act: Mapped[AssignmentAct | None]
    state: Mapped[AssignmentState]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")


says("uq_assignment_one_live", N_("This member has this portfolio already. Look at the portfolio's page."))
says("uq_plan_one_draft", N_("A plan is being drawn up already. Open it, or drop it first."))
says("uq_plan_pair_plan_id_assessment_id_member_id", N_("This member is in the plan for this portfolio already."))
forbid("assignment_move_grows", "assignment_move", ("UPDATE", "DELETE"), "moves of assignments are only added to")
