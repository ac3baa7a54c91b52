"""The one writer of a portfolio's status, and the one writer of an assessment's."""

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.portfolios.happenings import AssessmentStatusChanged, PortfolioStatusChanged
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio, PortfolioStatus
from panel_app.portfolios.rules.statuses import ASSESSMENT, PORTFOLIO, AssessmentStep, PortfolioStep


def set_status(portfolio: Portfolio, step: PortfolioStep, *, by: Actor, reason: str = "") -> PortfolioStatus:
    """Move a locked portfolio along its table. Raises NotFromHere or ReasonMissing. Joins the open transaction."""
    reason = PORTFOLIO.reason(step, reason)
    after = PORTFOLIO.after(step, portfolio.status)
    if after is not portfolio.status:
        portfolio.status, portfolio.status_since = after, clock.now()
        changed = PortfolioStatusChanged(portfolio_id=portfolio.id, act=step.value, status=after.value, reason=reason)
        record(changed, by=by)
    return after


def advance(assessment_id: int, step: AssessmentStep, *, by: Actor, reason: str = "") -> AssessmentStatus:
    """Move an assessment along its table, its row locked. Later stages call this; nobody else writes the status.

    Raises NotFromHere for a step that its status has not, ReasonMissing, and Refused when there is no such row.
    """
    with transaction() as db:
        assessment = locked(db, Assessment, id=assessment_id)
        if assessment is None:
            raise Refused(NOT_FOUND)
        reason = ASSESSMENT.reason(step, reason)
        after = ASSESSMENT.after(step, assessment.status)
        if after is not assessment.status:
            assessment.status, assessment.status_since = after, clock.now()
            record(
                AssessmentStatusChanged(
                    assessment_id=assessment.id,
                    portfolio_id=assessment.portfolio_id,
                    act=step.value,
                    status=after.value,
                    reason=reason,
                ),
                by=by,
            )
        return after
