"""What the policy and the services must know of one thing, by its key, in one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from json import loads
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, select
from sqlalchemy.orm import aliased

from panel_app import clock
from panel_app.foundation.database import reading
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    Evidence,
    Extension,
    PanelCopy,
    Portfolio,
    PortfolioStatus,
)
from panel_app.programmes.models import Round
from panel_app.programmes.rules.states import RoundState


@dataclass(frozen=True)
class PortfolioFacts:
    """One portfolio, whose it is, its own deadline and the end of the grace after it (in UTC), and what time it is.

    `has_result`: whether an outcome of it is released.
    """

    id: int
    key: str
    reference: str
    status: PortfolioStatus
    round_id: int
    round_key: str
    round_state: RoundState
    owner_id: int
    has_result: bool
    opens_at: datetime
    closes_at: datetime
    shut_at: datetime
    zone: str
    now: datetime


@dataclass(frozen=True)
class EvidenceFacts(PortfolioFacts):
    """One piece of evidence with its portfolio."""

    evidence_id: int


@dataclass(frozen=True)
class CopyFacts(PortfolioFacts):
    """One panel copy with its portfolio."""

    copy_id: int


@dataclass(frozen=True)
class AssessmentFacts(PortfolioFacts):
    """One assessment with its portfolio."""

    assessment_id: int
    assessment_key: str
    assessment_status: AssessmentStatus


def own_deadline() -> ColumnElement[datetime]:
    """The deadline of a portfolio in a statement that has Round: its latest extension's, else the round's."""
    later = aliased(Extension)
    latest = (
        select(later.closes_at)
        .where(later.portfolio_id == Portfolio.id)
        .order_by(later.id.desc())
        .limit(1)
        .correlate(Portfolio)
        .scalar_subquery()
    )
    # The round's own date may have moved beyond an extension that was given before: the later one holds.
    return case((latest > Round.closes_at, latest), else_=Round.closes_at)


def has_result() -> ColumnElement[bool]:
    """Whether an outcome of a portfolio is released, in a statement that has Portfolio. Its owner may know then."""
    released = select(Assessment.id).where(
        Assessment.portfolio_id == Portfolio.id, Assessment.status == AssessmentStatus.RELEASED
    )
    return released.correlate(Portfolio).exists()


def portfolio_facts(key: str) -> PortfolioFacts | None:
    """One portfolio. One statement."""
    row = reading().execute(_select().where(Portfolio.key == key)).one_or_none()
    return PortfolioFacts(**_common(row)) if row else None


def evidence_facts(key: str) -> EvidenceFacts | None:
    """One piece of evidence. One statement."""
    found = _select(Evidence.id.label("evidence_id")).join(Evidence, Evidence.portfolio_id == Portfolio.id)
    row = reading().execute(found.where(Evidence.key == key)).one_or_none()
    return EvidenceFacts(**_common(row), evidence_id=row.evidence_id) if row else None


def copy_facts(key: str) -> CopyFacts | None:
    """One panel copy. One statement."""
    found = _select(PanelCopy.id.label("copy_id")).join(Evidence, Evidence.portfolio_id == Portfolio.id)
    found = found.join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
    row = reading().execute(found.where(PanelCopy.key == key)).one_or_none()
    return CopyFacts(**_common(row), copy_id=row.copy_id) if row else None


def assessment_facts(key: str) -> AssessmentFacts | None:
    """One assessment. One statement."""
    own = (Assessment.id.label("assessment_id"), Assessment.status.label("assessment_status"))
    found = _select(*own).join(Assessment, Assessment.portfolio_id == Portfolio.id)
    row = reading().execute(found.where(Assessment.key == key)).one_or_none()
    if row is None:
        return None
    return AssessmentFacts(
        **_common(row), assessment_id=row.assessment_id, assessment_key=key, assessment_status=row.assessment_status
    )


def _select(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Portfolio.id,
            Portfolio.key,
            Portfolio.reference,
            Portfolio.status,
            Portfolio.round_id,
            Round.key.label("round_key"),
            Round.state.label("round_state"),
            Round.opens_at,
            Round.zone,
            Round.promise,
            own_deadline().label("closes_at"),
            PortfolioOwner.person_id.label("owner_id"),
            has_result().label("has_result"),
            *more,
        )
        .join(Round, Round.id == Portfolio.round_id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
    )


_COMMON = (
    "id",
    "key",
    "reference",
    "status",
    "round_id",
    "round_key",
    "round_state",
    "owner_id",
    "has_result",
    "opens_at",
    "closes_at",
    "zone",
)


def _common(row: Row[Any]) -> dict[str, Any]:
    grace = timedelta(seconds=loads(row.promise)["grace_seconds"] if row.promise else 0)
    own = {name: getattr(row, name) for name in _COMMON}
    return {**own, "shut_at": row.closes_at + grace, "now": clock.now()}
