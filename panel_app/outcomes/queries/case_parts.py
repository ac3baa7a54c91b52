"""The outcome on the coordinator's page of a portfolio: where it stands; its result from the sign-off on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_
from panel_app.moderation.rules import RESULT_TITLES, Result
from panel_app.outcomes.models import Outcome, Signature
from panel_app.outcomes.rules import OUTCOME, OutcomeState
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.queries.case_parts import CasePart, case_part
from panel_app.portfolios.queries.cases import AssessmentRow
from panel_app.programmes.models import Round

TOLD_STATES = frozenset({OutcomeState.SIGNED_OFF, OutcomeState.RELEASED})
"""From the sign-off on a coordinator reads the result: before, nobody does but who moderates or signs."""


@dataclass(frozen=True)
class OutcomeLine:
    """A proposal as a coordinator sees it. `reason`: why the system dropped it; a signer's own words stay theirs."""

    number: int
    title: str
    tone: str
    result: str
    since: Shown
    signatures: int
    reason: str


@case_part(40, N_("Outcome"))
def outcome(actor: Actor, assessment: AssessmentRow) -> CasePart | None:
    """The proposals of the assessment, the dropped ones too; nothing before the first. One statement."""
    signed = select(func.count()).select_from(Signature).where(Signature.outcome_id == Outcome.id)
    rows = reading().execute(
        select(
            Outcome.number,
            Outcome.state,
            Outcome.result,
            Outcome.state_since,
            signed.correlate(Outcome).scalar_subquery(),
            case((Outcome.dropped_by_id.is_(None), Outcome.dropped_reason), else_=None),
            Round.zone,
        )
        .join(Assessment, Assessment.id == Outcome.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(Outcome.assessment_id == assessment.id)
        .order_by(Outcome.number)
    )
    lines = [_line(*row, own=actor.zone) for row in rows]
    return CasePart("outcomes/case_part.html", lines) if lines else None


def _line(
    number: int,
    state: OutcomeState,
    result: Result,
    since: datetime,
    signatures: int,
    reason: str | None,
    zone: str,
    *,
    own: str | None,
) -> OutcomeLine:
    return OutcomeLine(
        number=number,
        title=OUTCOME.title(state),
        tone=OUTCOME.tone(state).value,
        result=RESULT_TITLES[result] if state in TOLD_STATES else "",
        since=shown(since, zone, own, clock.now()),
        signatures=signatures,
        reason=reason or "",
    )
