"""Rows of the coordinators' pages as templates print them."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import can
from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown
from panel_app.portfolios.models import AssessmentStatus, CopyState, PortfolioStatus
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.blocked import Blocked
from panel_app.portfolios.queries.cases import AssessmentRow, CopyRow
from panel_app.portfolios.queries.drafts import PieceRow, PortfolioRow
from panel_app.portfolios.queries.lists import HELD_BACK, ListedRow
from panel_app.portfolios.rules.pieces import COPY
from panel_app.portfolios.rules.statuses import ASSESSMENT, PORTFOLIO
from panel_app.portfolios.views import shapes
from panel_app.portfolios.views.shapes import Status
from panel_app.programmes.queries import RoundView


@dataclass(frozen=True)
class Listed:
    """A line of the list."""

    reference: str
    href: str
    candidate: str
    status: Status
    blocked_by: str
    blocked_tone: str
    since: Shown


@dataclass(frozen=True)
class AssessmentCard:
    """An assessment with the act that is possible now."""

    part: str
    status: Status
    since: Shown
    admit_href: str | None


@dataclass(frozen=True)
class PieceCard:
    """A piece with its panel copy and the acts on it."""

    piece: shapes.Piece
    copy: Status | None
    reason: str | None
    original_href: str | None
    copy_href: str | None
    retry_href: str | None
    exclude_href: str | None


def copy_status(state: CopyState) -> Status:
    """Where a panel copy stands."""
    return Status(gettext(COPY.title(state)), COPY.tone(state).value)


def listed(row: ListedRow, round_: RoundView, blocked: Blocked) -> Listed:
    """A line of the list: the assessment's status once there is one, else the portfolio's."""
    goes_on = row.assessment is not None and row.status is PortfolioStatus.SUBMITTED
    if goes_on and row.assessment is not None:
        status = Status(gettext(ASSESSMENT.title(row.assessment)), ASSESSMENT.tone(row.assessment).value)
    else:
        status = Status(gettext(PORTFOLIO.title(row.status)), PORTFOLIO.tone(row.status).value)
    return Listed(
        reference=row.reference,
        href=url_for("portfolios.case", round_key=round_.key, portfolio_key=row.key),
        candidate=row.candidate,
        status=status,
        blocked_by=say(blocked.text),
        blocked_tone=blocked.tone.value,
        since=shapes.instant(blocked.since, round_.zone),
    )


def choices() -> list[tuple[str, str]]:
    """What the list may be filtered by: the statuses that stand in its column, and what is held back."""
    own = [(each.value, gettext(PORTFOLIO.title(each))) for each in PortfolioStatus]
    assessed = [(each.value, gettext(ASSESSMENT.title(each))) for each in AssessmentStatus]
    return [*own, (HELD_BACK, gettext("Held back: a panel copy is missing")), *assessed]


def assessment(row: AssessmentRow, portfolio: PortfolioRow) -> AssessmentCard:
    """An assessment with its status."""
    may_admit = bool(can(actor(), PortfolioAct.ADMIT, row.key))
    return AssessmentCard(
        part=row.part,
        status=Status(gettext(ASSESSMENT.title(row.status)), ASSESSMENT.tone(row.status).value),
        since=shapes.instant(row.since, portfolio.zone),
        admit_href=url_for("portfolios.admit", round_key=portfolio.round_key, assessment_key=row.key)
        if may_admit
        else None,
    )


def piece(row: PieceRow, copy: CopyRow | None, round_key: str) -> PieceCard:
    """A piece and what can be done about its copy."""
    is_held = copy is not None and copy.state is CopyState.HELD
    copy_key = copy.key if copy else ""
    return PieceCard(
        piece=shapes.piece_of(row),
        copy=copy_status(copy.state) if copy else None,
        reason=copy.reason if copy else None,
        original_href=None
        if row.link
        else url_for("portfolios.open_original", round_key=round_key, evidence_key=row.key),
        copy_href=url_for("blind.copy", copy_key=copy.key) if copy and copy.state is CopyState.READY else None,
        retry_href=url_for("portfolios.retry_copy", round_key=round_key, copy_key=copy_key) if is_held else None,
        exclude_href=url_for("portfolios.exclude_copy", round_key=round_key, copy_key=copy_key) if is_held else None,
    )
