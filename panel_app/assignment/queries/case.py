"""Assessors on the coordinator's page of a portfolio: who was asked, where it stands, and the way there."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, select

from panel_app import clock
from panel_app.accounts.models import Person
from panel_app.assignment.queries.offers import AssignmentRow, MoveRow, assignments_of, moves_of
from panel_app.assignment.rules import ASSIGNMENT, AT_WORK_STATES
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.states import Party
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.panel.models import Member
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
class CaseAssignment:
    """An assignment as the page prints it. `acts`: code and title of what a coordinator may do with it now."""

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
    moves: tuple[CaseMove, ...]


@case_part(20, N_("Assessors"))
def assessors(actor: Actor, assessment: AssessmentRow) -> CasePart:
    """Every assignment of the assessment with its history. Four statements."""
    rows = assignments_of(assessment.id)
    zone = reading().execute(_zone(assessment.id)).scalar_one()
    names: dict[int, str] = dict(reading().execute(_names([row.member_id for row in rows])).all())
    moves: dict[int, list[CaseMove]] = defaultdict(list)
    for move in moves_of([row.id for row in rows]):
        at = shown(move.at, zone, actor.zone, clock.now())
        moves[move.assignment_id].append(CaseMove(_words(move), at, move.reason))
    found = [_shown(row, names[row.member_id], tuple(moves[row.id]), zone, actor.zone) for row in rows]
    return CasePart("assignment/case_part.html", found)


def _shown(row: AssignmentRow, name: str, moves: tuple[CaseMove, ...], zone: str, own: str | None) -> CaseAssignment:
    standing = ASSIGNMENT.states[row.state]
    waits = standing.waits_on.due if standing.waits_on else ""
    acts = [act for act in ASSIGNMENT.acts_from(row.state) if ASSIGNMENT.acts[act].who is Party.COORDINATOR]
    return CaseAssignment(
        key=row.key,
        name=name,
        role=row.role.value,
        label=standing.title,
        tone=standing.tone.value,
        due=shown(row.due_at, zone, own, clock.now()) if waits == "due_at" else None,
        answer_by=shown(row.answer_by, zone, own, clock.now()) if waits == "answer_by" else None,
        why=row.reason,
        ended_reason=row.ended_reason or "",
        acts=tuple((act.value, ASSIGNMENT.acts[act].title) for act in acts),
        may_extend=row.state in AT_WORK_STATES,
        moves=moves,
    )


def _words(move: MoveRow) -> Sentence:
    if move.act is None:
        return Sentence(N_("Due later") if move.state in AT_WORK_STATES else N_("Offered"))
    return sentence(ASSIGNMENT.acts[move.act].title)


def _zone(assessment_id: int) -> Select[str]:
    found = select(Round.zone).join(Portfolio, Portfolio.round_id == Round.id)
    return found.join(Assessment, Assessment.portfolio_id == Portfolio.id).where(Assessment.id == assessment_id)


def _names(member_ids: list[int]) -> Select[int, str]:
    return select(Member.id, Person.name).join(Person, Person.id == Member.person_id).where(Member.id.in_(member_ids))
