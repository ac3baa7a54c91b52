"""Frameworks, programmes, rubrics and rounds, as typed tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, Sha256, holds, mapped_column
from panel_app.foundation.sql_triggers import forbid
from panel_app.foundation.words import N_
from panel_app.programmes.rules.dates import IN_ORDER, Which
from panel_app.programmes.rules.states import RoundState, RubricState


class Framework(Base):
    """A versioned standard, such as PSF 1.1."""

    __tablename__ = "framework"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    published: Mapped[str] = mapped_column(String(20))
    licence: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    digest: Mapped[Sha256]


class Domain(Base):
    """A domain of a framework: PSF-1 to PSF-8."""

    __tablename__ = "domain"
    __table_args__ = (UniqueConstraint("framework_id", "code"),)

    id: Mapped[Id]
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(20))


class FrameworkCriterion(Base):
    """A criterion of a framework's domain: PSF-1.1."""

    __tablename__ = "framework_criterion"
    __table_args__ = (UniqueConstraint("domain_id", "code"),)

    id: Mapped[Id]
    domain_id: Mapped[int] = mapped_column(ForeignKey("domain.id"))
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(20))


class Programme(Base):
    """A credential scheme: CPAP, CPAA."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))


class Rubric(Base):
    """A version of a programme's criteria; `digest` is the SHA-256 of the data that it was loaded from.

    `portfolio` (sections, limits), `decision`, `discrepancy` and `credential` are JSON that the loader has validated.
    """

    __tablename__ = "rubric"
    __table_args__ = (
        UniqueConstraint("programme_id", "version"),
        holds("published_has_instant", "(state = 'published') = (published_at IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    version: Mapped[str] = mapped_column(String(20))
    state: Mapped[RubricState]
    published_at: Mapped[datetime | None]
    portfolio: Mapped[dict[str, Any]]
    decision: Mapped[dict[str, Any]]
    discrepancy: Mapped[dict[str, Any]]
    credential: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(Text)
    digest: Mapped[Sha256]


class RubricPart(Base):
    """A part of an assessment; k assessors each."""

    __tablename__ = "rubric_part"
    __table_args__ = (UniqueConstraint("rubric_id", "code"), UniqueConstraint("id", "rubric_id"))

    id: Mapped[Id]
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubric.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    assessors: Mapped[int]
    is_blind: Mapped[bool]
    minutes: Mapped[int | None]
    requires: Mapped[str | None] = mapped_column(String(60))


class Criterion(Base):
    """A criterion of a rubric's part, with its weight (whole per cent of the rubric)."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("rubric_id", "code"),
        UniqueConstraint("id", "rubric_id"),
        ForeignKeyConstraint(["part_id", "rubric_id"], ["rubric_part.id", "rubric_part.rubric_id"]),
        holds("weight_is_positive", "weight > 0"),
    )

    id: Mapped[Id]
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubric.id"))
    part_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    asks: Mapped[str] = mapped_column(Text)
    weight: Mapped[int]
    domains: Mapped[list[str]]
    source: Mapped[str] = mapped_column(String(20))


class Level(Base):
    """A level of a criterion: points, label and the published descriptor."""

    __tablename__ = "level"
    __table_args__ = (
        UniqueConstraint("criterion_id", "points"),
        UniqueConstraint("id", "criterion_id"),
        holds("points_are_positive", "points > 0"),
    )

    id: Mapped[Id]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    points: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    descriptor: Mapped[str] = mapped_column(Text)


class Round(Base):
    """An assessment window of one programme with a pinned rubric.

    Wall-clock texts in `zone` are the truth; the instants beside them are computed on save and compared.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("code"),
        holds("opens_before_it_closes", "opens_at < closes_at"),
        holds("closes_before_sheets_are_due", "closes_at < scoring_due_at"),
        holds("sheets_are_due_before_release", "scoring_due_at < release_at"),
        holds("published_has_promise", "(state = 'draft') = (promise_hash IS NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubric.id"))
    state: Mapped[RoundState]
    zone: Mapped[str] = mapped_column(String(60))
    opens_wall: Mapped[str] = mapped_column(String(16))
    closes_wall: Mapped[str] = mapped_column(String(16))
    scoring_due_wall: Mapped[str] = mapped_column(String(16))
    release_wall: Mapped[str] = mapped_column(String(16))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    scoring_due_at: Mapped[datetime]
    release_at: Mapped[datetime]
    promise: Mapped[str | None] = mapped_column(Text)
    promise_hash: Mapped[Sha256 | None]
    draft_policy: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class WorkingVersion(Base):
    """A version of a round's working policy (triggers, sampling, offers, reminder rules): append-only, with reason."""

    __tablename__ = "working_policy"
    __table_args__ = (UniqueConstraint("round_id", "version"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    policy: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    effective_at: Mapped[datetime]


class DateMove(Base):
    """A published date that moved: which, from, to, why. Append-only."""

    __tablename__ = "date_move"

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    which: Mapped[str] = mapped_column(String(20))
    from_wall: Mapped[str] = mapped_column(String(16))
    to_wall: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


says("uq_round_code", N_("A round has this code already. Choose another."), field="code")
says("ck_round_opens_before_it_closes", IN_ORDER[Which.CLOSES], field="closes")
says("ck_round_closes_before_sheets_are_due", IN_ORDER[Which.SCORING_DUE], field="scoring_due")
says("ck_round_sheets_are_due_before_release", IN_ORDER[Which.RELEASE], field="release")

# What the database itself refuses. A framework version is loaded once; a rubric and all that hangs on it stand still
# from its publication; a round keeps its promise; working policies and moves of dates are only ever added to.
_IS_PUBLISHED = "EXISTS (SELECT 1 FROM rubric WHERE rubric.id = {0}.rubric_id AND rubric.state = 'published')"
_IS_PUBLISHED_LEVEL = (
    "EXISTS (SELECT 1 FROM criterion JOIN rubric ON rubric.id = criterion.rubric_id "
    "WHERE criterion.id = {0}.criterion_id AND rubric.state = 'published')"
)
_RUBRIC_STANDS = "a published rubric is never changed"
_ROUND_STANDS = "a published round keeps its promise"

for _table in ("framework", "domain", "framework_criterion"):
    forbid(f"{_table}_stands", _table, ("UPDATE", "DELETE"), "a framework version is never changed")
forbid("rubric_stands", "rubric", ("UPDATE", "DELETE"), _RUBRIC_STANDS, when="OLD.state = 'published'")
for _table, _condition in (
    ("rubric_part", _IS_PUBLISHED),
    ("criterion", _IS_PUBLISHED),
    ("level", _IS_PUBLISHED_LEVEL),
):
    _old, _new = _condition.format("OLD"), _condition.format("NEW")
    forbid(f"{_table}_stands", _table, ("INSERT",), _RUBRIC_STANDS, when=_new)
    forbid(f"{_table}_stands", _table, ("UPDATE",), _RUBRIC_STANDS, when=f"{_old} OR {_new}")
    forbid(f"{_table}_stands", _table, ("DELETE",), _RUBRIC_STANDS, when=_old)
forbid(
    "round_keeps_promise",
    "round",
    ("UPDATE",),
    _ROUND_STANDS,
    when="OLD.state <> 'draft'",
    columns=("key", "code", "rubric_id", "zone", "promise", "promise_hash", "draft_policy"),
)
forbid(
    "round_goes_on",
    "round",
    ("UPDATE",),
    _ROUND_STANDS,
    when="(OLD.state <> 'draft' AND NEW.state = 'draft') OR (OLD.state = 'ended' AND NEW.state <> 'ended')",
    columns=("state",),
)
forbid("round_stays", "round", ("DELETE",), _ROUND_STANDS, when="OLD.state <> 'draft'")
forbid("working_policy_grows", "working_policy", ("UPDATE", "DELETE"), "working policies are only added to")
forbid("date_move_grows", "date_move", ("UPDATE", "DELETE"), "moves of dates are only added to")
