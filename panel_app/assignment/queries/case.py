"""Assessors on the coordinator's page of a portfolio: who was asked, where it stands, and the way there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from panel_app import clock
from panel_app.assignment.place_rules import FILLING
from panel_app.assignment.queries.offers import AssignmentRow, MoveRow, assignments_of, moves_of
from panel_app.assignment.queries.people import member_names
from panel_app.assignment.rules import ASSIGNMENT, AT_WORK_STATES, AssignmentAct, AssignmentState
from panel_app.conflicts.models import Finding
from panel_app.conflicts.rules import UNSETTLED_STATES, Strength
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.states import Party
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.portfolios.models import Assessment, Portfolio
from panel_app.portfolios.queries.case_parts import CasePart, case_part
from panel_app.portfolios.queries.cases import AssessmentRow
from panel_app.programmes.models import Round


@dataclass(frozen=True)
class CaseMove:
    """One line of an assignment's history."""

    words: Sentence
    at: Shown
    reason: str


@dataclass(frozen=True)
class HoldingFinding:
    """A conflict for which work is on hold. `is_decidable`: a coordinator may decide it away."""

    key: str
    why: Sentence
    is_decidable: bool


@dataclass(frozen=True)
class CaseAssignment:
    """An assignment as the page prints it. `acts`: code and title of what a coordinator may do with it now.

    `findings`: the conflicts that hold suspended work; while there is one it can't go on.
    """

    key: str
    name: str
    role: str
    label: str
    tone: str
    due: Shown | None
    answer_by: Shown | None
    why: str
    ended_reason: str
    acts: tuple[tuple[str, str], ...]
    may_extend: bool
    is_after_release: bool
    findings: tuple[HoldingFinding, ...]
    moves: tuple[CaseMove, ...]


@dataclass(frozen=True)
class CaseAssessors:
    """Everybody who was asked for an assessment, and whether somebody may be asked now."""

    assignments: tuple[CaseAssignment, ...]
    may_ask: bool


@dataclass(frozen=True)
class _Times:
    """What instants are told by: the round's zone, the reader's own, and the round's release."""

    zone: str
    own: str | None
    release_at: datetime

    def shown(self, at: datetime) -> Shown:
        """The instant as the page prints it."""
        return shown(at, self.zone, self.own, clock.now())


@case_part(20, N_("Assessors"))
def assessors(actor: Actor, assessment: AssessmentRow) -> CasePart:
    """Every assignment of the assessment with its history. Five statements, six while work is on hold."""
    rows = assignments_of(assessment.id)
    zone, release_at = reading().execute(_round(assessment.id)).one()
    times = _Times(zone, actor.zone, release_at)
    suspended = [row.member_id for row in rows if row.state is AssignmentState.SUSPENDED]
    held = _findings(assessment.id, suspended) if suspended else {}
    names = member_names([row.member_id for row in rows])
    moves: dict[int, list[CaseMove]] = defaultdict(list)
    for move in moves_of([row.id for row in rows]):
        moves[move.assignment_id].append(CaseMove(_words(move), times.shown(move.at), move.reason))
    found = [
        _shown(row, names[row.member_id], held.get(row.member_id, ()), tuple(moves[row.id]), times) for row in rows
    ]
    return CasePart("assignment/case_part.html", [CaseAssessors(tuple(found), assessment.status in FILLING)])


def _acts(row: AssignmentRow, findings: tuple[HoldingFinding, ...]) -> tuple[tuple[str, str], ...]:
    """What a coordinator may do now: held work goes on once nothing holds it; a sheet stands only if there is one."""
    acts = [act for act in ASSIGNMENT.acts_from(row.state) if ASSIGNMENT.acts[act].who is Party.COORDINATOR]
    senseless = {AssignmentAct.RESUME if row.submitted_at else AssignmentAct.RESTORE}
    if findings:
        senseless = {AssignmentAct.RESUME, AssignmentAct.RESTORE}
    return tuple((act.value, ASSIGNMENT.acts[act].title) for act in acts if act not in senseless)


def _findings(assessment_id: int, member_ids: list[int]) -> dict[int, tuple[HoldingFinding, ...]]:
    """Member → the conflicts with this portfolio that stand or wait for a decision. One statement."""
    query = select(Finding).join(Assessment, Assessment.portfolio_id == Finding.portfolio_id)
    query = query.where(
        Assessment.id == assessment_id, Finding.member_id.in_(member_ids), Finding.state.in_(UNSETTLED_STATES)
    )
    found: dict[int, list[HoldingFinding]] = defaultdict(list)
    for row in reading().scalars(query.order_by(Finding.id)):
        found[row.member_id].append(HoldingFinding(row.key, row.why, row.strength is Strength.DECISION))
    return {member_id: tuple(each) for member_id, each in found.items()}


def _shown(
    row: AssignmentRow, name: str, findings: tuple[HoldingFinding, ...], moves: tuple[CaseMove, ...], times: _Times
) -> CaseAssignment:
    standing = ASSIGNMENT.states[row.state]
    waits = standing.waits_on.due if standing.waits_on else ""
    return CaseAssignment(
        key=row.key,
        name=name,
        role=row.role.value,
        label=standing.title,
        tone=standing.tone.value,
        due=times.shown(row.due_at) if waits == "due_at" else None,
        answer_by=times.shown(row.answer_by) if waits == "answer_by" else None,
        why=row.reason,
        ended_reason=row.ended_reason or "",
        acts=_acts(row, findings),
        may_extend=row.state in AT_WORK_STATES,
        is_after_release=waits == "due_at" and row.due_at > times.release_at,
        findings=findings,
        moves=moves,
    )


def _words(move: MoveRow) -> Sentence:
    if move.act is None:
        return Sentence(N_("Due later") if move.state in AT_WORK_STATES else N_("Offered"))
    return sentence(ASSIGNMENT.acts[move.act].title)


def _round(assessment_id: int) -> Select[str, datetime]:
    found = select(Round.zone, Round.release_at).join(Portfolio, Portfolio.round_id == Round.id)
    return found.join(Assessment, Assessment.portfolio_id == Portfolio.id).where(Assessment.id == assessment_id)
