"""Outcomes: proposed by the rule, signed off by people, released by the scheduler, exactly once."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column, one_where
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_
from panel_app.moderation.rules import Result
from panel_app.outcomes.rules import OutcomeState


class Release(Base):
    """A release of outcomes of a round: prepared by a person, done by the scheduler at its time, once."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        one_where("uq_release_one_waiting", "done_at IS NULL", "round_id"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    count: Mapped[int] = mapped_column(default=0)


class Outcome(Base):
    """What the decision rule gave for one assessment, with the trace that a person can check by hand.

    `trace`: lines of number, text and figures. `release_id`: the release that it was prepared for.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("assessment_id", "number"),
        one_where("uq_outcome_one_alive", "state <> 'dropped'", "assessment_id"),
        holds("released_has_instant", "(state = 'released') = (released_at IS NOT NULL)"),
        holds("dropped_has_reason", "(state = 'dropped') = (dropped_reason IS NOT NULL)"),
        holds("released_was_prepared", "state <> 'released' OR release_id IS NOT NULL"),
        holds("prepared_is_signed", "release_id IS NULL OR state IN ('signed_off', 'released')"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    result: Mapped[Result]
    mean: Mapped[Fraction]
    is_borderline: Mapped[bool]
    is_split: Mapped[bool]
    trace: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[OutcomeState] = mapped_column(index=True)
    state_since: Mapped[datetime]
    proposed_at: Mapped[datetime]
    sign_off_by: Mapped[datetime]
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    released_at: Mapped[datetime | None]
    dropped_reason: Mapped[str | None] = mapped_column(Text)
    dropped_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class OutcomeCriterion(Base):
    """A criterion of an outcome: its value, whether it is to be resubmitted, and the feedback that is released.

    `feedback`: what the assessors of counted sheets wrote to the candidate, without saying who. A referred criterion
    that was struck keeps `is_referred`, and says by whom and why it was struck.
    """

    __tablename__ = "outcome_criterion"
    __table_args__ = (
        UniqueConstraint("outcome_id", "criterion_id"),
        holds("struck_has_reason", "(struck_by_id IS NULL) = (struck_reason IS NULL)"),
        holds("only_referred_is_struck", "is_referred OR struck_by_id IS NULL"),
    )

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[Fraction]
    is_moderated: Mapped[bool] = mapped_column(default=False)
    is_referred: Mapped[bool]
    feedback: Mapped[list[str]]
    struck_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    struck_reason: Mapped[str | None] = mapped_column(Text)


class Signature(Base):
    """One signer's sign-off of an outcome."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("outcome_id", "person_id"),)

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(Text, default="")


says("uq_signature_outcome_id_person_id", N_("You have signed this already. Someone else's signature is awaited."))
says("uq_release_one_waiting", N_("A release of this round is prepared already. Reload the page to see it."))
says("uq_outcome_one_alive", N_("An outcome is proposed for this portfolio already. Reload the page to see it."))
forbid("signature_stands", "signature", ("UPDATE", "DELETE"), "signatures are only added to")
forbid(
    "outcome_stands",
    "outcome",
    ("UPDATE",),
    "what was proposed is never changed: a new proposal takes its place",
    columns=("assessment_id", "number", "result", "mean", "is_borderline", "is_split", "trace", "proposed_at"),
)
forbid("released_outcome_stands", "outcome", ("UPDATE",), "a released outcome stands", when="OLD.state = 'released'")
forbid("outcome_stays", "outcome", ("DELETE",), "outcomes are kept")
forbid("done_release_stands", "release", ("UPDATE",), "a release that is done stands", when="OLD.done_at IS NOT NULL")
