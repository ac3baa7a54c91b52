"""Moderation on the coordinator's page of a portfolio: that it was looked at, never levels or words of sheets."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_
from panel_app.moderation.models import CaseMove, CaseReason, ModerationCase
from panel_app.moderation.rules import CASE, TRIGGERS, UNANSWERED_STATES, CaseState
from panel_app.moderation.rules.cases import WAS_DONE
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.queries.case_parts import CasePart, case_part
from panel_app.portfolios.queries.cases import AssessmentRow
from panel_app.programmes.models import Round

OTHER_TEXTS = {
    "sent_back": N_("Whoever was to sign off the proposal sent it back."),
    "sample": N_("The portfolio is in the sample of its round."),
}


@dataclass(frozen=True)
class CaseLine:
    """A case as a coordinator sees it: its state, what kinds of triggers opened it, and its moves without words."""

    title: str
    tone: str
    opened: Shown
    due: Shown | None
    why: tuple[str, ...]
    moves: tuple[tuple[str, Shown], ...]


@case_part(30, N_("Moderation"))
def moderation(actor: Actor, assessment: AssessmentRow) -> CasePart | None:
    """The cases of the assessment, nothing where there was none. Three statements, one for none."""
    query = (
        select(ModerationCase.id, ModerationCase.state, ModerationCase.opened_at, ModerationCase.due_at, Round.zone)
        .join(Assessment, Assessment.id == ModerationCase.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(ModerationCase.assessment_id == assessment.id)
    )
    cases = reading().execute(query.order_by(ModerationCase.id)).all()
    if not cases:
        return None
    ids = [row.id for row in cases]
    why, moves = _why(ids), _moves(ids)
    lines = [_line(*row, why=why, moves=moves, own=actor.zone) for row in cases]
    return CasePart("moderation/case_part.html", lines)


def _line(
    case_id: int,
    state: CaseState,
    opened_at: datetime,
    due_at: datetime,
    zone: str,
    *,
    why: dict[int, list[str]],
    moves: dict[int, list[tuple[str, datetime]]],
    own: str | None,
) -> CaseLine:
    now = clock.now()
    return CaseLine(
        title=CASE.title(state),
        tone=CASE.tone(state).value,
        opened=shown(opened_at, zone, own, now),
        due=shown(due_at, zone, own, now) if state in UNANSWERED_STATES else None,
        why=tuple(trigger_text(name) for name in why.get(case_id, [])),
        moves=tuple((title, shown(at, zone, own, now)) for title, at in moves.get(case_id, [])),
    )


def trigger_text(name: str) -> str:
    """What opened a case: its trigger's docstring, English, marked for translation."""
    return TRIGGERS[name].text if name in TRIGGERS else OTHER_TEXTS.get(name, name)


def _why(case_ids: list[int]) -> dict[int, list[str]]:
    rows = reading().execute(
        select(CaseReason.case_id, CaseReason.trigger)
        .where(CaseReason.case_id.in_(case_ids))
        .group_by(CaseReason.case_id, CaseReason.trigger)
        .order_by(CaseReason.case_id, CaseReason.trigger)
    )
    found: dict[int, list[str]] = {}
    for case_id, name in rows:
        found.setdefault(case_id, []).append(name)
    return found


def _moves(case_ids: list[int]) -> dict[int, list[tuple[str, datetime]]]:
    rows = reading().execute(
        select(CaseMove.case_id, CaseMove.act, CaseMove.at).where(CaseMove.case_id.in_(case_ids)).order_by(CaseMove.id)
    )
    found: dict[int, list[tuple[str, datetime]]] = {}
    for case_id, act, at in rows:
        found.setdefault(case_id, []).append((WAS_DONE[act], at))
    return found
