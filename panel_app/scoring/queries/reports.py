"""Reports from score sheets: one by its key, those of an assignment, those of a round that wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.programmes.models import Round
from panel_app.scoring.models import ReportHold, SheetReport
from panel_app.scoring.rules.reports import KINDS, STOPS_SIGNING, Pause, ReportKind, ReportState

MOST_ROWS = 20


@dataclass(frozen=True)
class ReportRow:
    """A report with its portfolio and round. `held`: how many assignments it put on hold."""

    id: int
    key: str
    kind: ReportKind
    state: ReportState
    piece: str
    page: str
    words: str
    raised_at: datetime
    answered_at: datetime | None
    answer: str
    assignment_id: int
    assessment_id: int
    member_id: int
    portfolio_id: int
    portfolio_key: str
    reference: str
    round_id: int
    round_key: str
    zone: str
    held: int


def report_facts(key: str) -> ReportRow | None:
    """One report by its key. One statement."""
    row = reading().execute(_rows().where(SheetReport.key == key)).one_or_none()
    return ReportRow(*row) if row else None


def reports_of(assignment_id: int) -> list[ReportRow]:
    """The reports from one sheet, the newest first. One statement."""
    found = _rows().where(SheetReport.assignment_id == assignment_id)
    return [ReportRow(*row) for row in reading().execute(found.order_by(SheetReport.id.desc()))]


def reports_about(assessment_id: int) -> list[ReportRow]:
    """The reports from the sheets of an assessment, the open ones first. One statement."""
    found = _rows().where(Assignment.assessment_id == assessment_id)
    found = found.order_by(SheetReport.state != ReportState.OPEN, SheetReport.id.desc())
    return [ReportRow(*row) for row in reading().execute(found)]


def open_reports(viewer: Actor, round_ids: Collection[int]) -> list[ReportRow]:
    """Reports of these rounds that wait for an answer, the oldest first; 20 at most. One statement."""
    found = _rows().where(Portfolio.round_id.in_(round_ids), SheetReport.state == ReportState.OPEN)
    found = found.where(*visible_to(viewer)).order_by(SheetReport.raised_at, SheetReport.id).limit(MOST_ROWS)
    return [ReportRow(*row) for row in reading().execute(found)]


def pausing_everybody(portfolio_id: int) -> list[int]:
    """The ids of open reports that hold all work on a portfolio, the oldest first. One statement."""
    found = select(SheetReport.id).join(Assignment, Assignment.id == SheetReport.assignment_id)
    found = found.join(Assessment, Assessment.id == Assignment.assessment_id)
    found = found.where(Assessment.portfolio_id == portfolio_id, SheetReport.state == ReportState.OPEN)
    kinds = [kind for kind, telling in KINDS.items() if telling.pause is Pause.EVERYBODY]
    return list(reading().scalars(found.where(SheetReport.kind.in_(kinds)).order_by(SheetReport.id)))


def count_on_hold(report_id: int) -> int:
    """How many of the assignments that a report put on hold are so now. One statement."""
    found = select(func.count()).select_from(ReportHold).join(Assignment, Assignment.id == ReportHold.assignment_id)
    found = found.where(ReportHold.report_id == report_id, Assignment.state == AssignmentState.SUSPENDED)
    return reading().execute(found).scalar_one()


def keeps_from_signing(assessment_id: int) -> bool:
    """Whether a report is open that must be looked into before anybody signs this portfolio off. One statement."""
    other = select(Assessment.portfolio_id).where(Assessment.id == assessment_id).scalar_subquery()
    found = (
        exists()
        .where(SheetReport.state == ReportState.OPEN, SheetReport.kind.in_(STOPS_SIGNING))
        .where(Assignment.id == SheetReport.assignment_id, Assessment.id == Assignment.assessment_id)
        .where(Assessment.portfolio_id == other)
    )
    return bool(reading().scalar(select(found)))


def _rows() -> Select[*tuple[Any, ...]]:
    held = select(func.count()).where(ReportHold.report_id == SheetReport.id).correlate(SheetReport).scalar_subquery()
    return (
        select(
            SheetReport.id,
            SheetReport.key,
            SheetReport.kind,
            SheetReport.state,
            SheetReport.piece,
            SheetReport.page,
            SheetReport.words,
            SheetReport.raised_at,
            SheetReport.answered_at,
            SheetReport.answer,
            SheetReport.assignment_id,
            Assignment.assessment_id,
            Assignment.member_id,
            Portfolio.id,
            Portfolio.key,
            Portfolio.reference,
            Portfolio.round_id,
            Round.key,
            Round.zone,
            held,
        )
        .join(Assignment, Assignment.id == SheetReport.assignment_id)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
    )
