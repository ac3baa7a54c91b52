"""Outcomes: proposed by the rule, signed off by people, released by the scheduler, exactly once."""

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint

from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column


class Result(StrEnum):
    """Pass, refer (with the criteria to resubmit) or fail."""

    PASS = "pass"
    REFER = "refer"
    FAIL = "fail"


class OutcomeState(StrEnum):
    """An outcome is proposed, signed off, released; or dropped when its assessment is reopened."""

    PROPOSED = "proposed"
    SIGNED_OFF = "signed_off"
    RELEASED = "released"
    DROPPED = "dropped"


class Outcome(Base):
    """What the decision rule gave for one assessment, with the trace that a person can check by hand."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("assessment_id", "number"),
        holds("released_has_instant", "(state = 'released') = (released_at IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    result: Mapped[Result]
    mean: Mapped[Fraction]
    is_borderline: Mapped[bool]
    is_split: Mapped[bool]
    trace: Mapped[dict[str, Any]]
    state: Mapped[OutcomeState]
    state_since: Mapped[datetime]
    proposed_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class OutcomeCriterion(Base):
    """A criterion of an outcome: its value, whether it is to be resubmitted, and the feedback that is released."""

    __tablename__ = "outcome_criterion"
    __table_args__ = (UniqueConstraint("outcome_id", "criterion_id"),)

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[Fraction]
    is_referred: Mapped[bool]
    feedback: Mapped[list[str]]


class Signature(Base):
    """One signer's sign-off of an outcome."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("outcome_id", "person_id"),)

    id: Mapped[Id]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(Text, default="")


class Release(Base):
    """The release of a round's outcomes: prepared by someone, done by the scheduler at its time, once."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    count: Mapped[int] = mapped_column(default=0)
