"""What the policy must know of one case, and who has a part in moderation."""

from dataclasses import dataclass
from json import loads
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from panel_app import clock
from panel_app.accounts.models import RoleGrant
from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentState
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseMove, ModerationCase
from panel_app.moderation.rules import CaseAct, CaseState
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.portfolios.queries.visibility import visible_to
from panel_app.programmes.models import Round, RubricPart
from panel_app.scoring.models import ScoreSheet, SubmittedVersion


@dataclass(frozen=True)
class CaseStanding:
    """One case with its assessment. `submitted` are in and complete, of `needed`.

    `open_sheets` are being written, or can be taken back still.
    """

    id: int
    key: str
    state: CaseState
    assessment_id: int
    assessment_key: str
    assessment_status: AssessmentStatus
    portfolio_id: int
    portfolio_key: str
    reference: str
    round_id: int
    round_key: str
    zone: str
    open_sheets: int
    submitted: int
    needed: int


def case_standing(key: str) -> CaseStanding | None:
    """One case by its key. One statement."""
    row = reading().execute(_standings().where(ModerationCase.key == key)).one_or_none()
    if row is None:
        return None
    named = row._asdict()
    part, promise = named.pop("part"), loads(named.pop("promise"))
    return CaseStanding(**named, needed=int(promise["assessors"][part]))


def _standings() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ModerationCase.id,
            ModerationCase.key,
            ModerationCase.state,
            Assessment.id.label("assessment_id"),
            Assessment.key.label("assessment_key"),
            Assessment.status.label("assessment_status"),
            Portfolio.id.label("portfolio_id"),
            Portfolio.key.label("portfolio_key"),
            Portfolio.reference,
            Round.id.label("round_id"),
            Round.key.label("round_key"),
            Round.zone,
            RubricPart.code.label("part"),
            Round.promise,
            _sheets(or_(Assignment.state.in_(AT_WORK_STATES), _in_grace())).label("open_sheets"),
            _sheets(Assignment.state == AssignmentState.SUBMITTED, _is_complete()).label("submitted"),
        )
        .join(Assessment, Assessment.id == ModerationCase.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(RubricPart, RubricPart.id == Assessment.part_id)
    )


def _in_grace() -> ColumnElement[bool]:
    """Whether the statement's sheet stands submitted, and can be taken back still."""
    rests = exists().where(SubmittedVersion.sheet_id == ScoreSheet.id, SubmittedVersion.grace_until > clock.now())
    return and_(Assignment.state == AssignmentState.SUBMITTED, rests.correlate(ScoreSheet))


def _is_complete() -> ColumnElement[bool]:
    """Whether the last version of the statement's sheet has a level for every criterion."""
    last = select(SubmittedVersion.is_complete).where(SubmittedVersion.sheet_id == ScoreSheet.id)
    return last.order_by(SubmittedVersion.number.desc()).limit(1).correlate(ScoreSheet).scalar_subquery()


def _sheets(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many assignments of the statement's assessment are like that."""
    return (
        select(func.count())
        .select_from(Assignment)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.assessment_id == Assessment.id, *conditions)
        .correlate(Assessment)
        .scalar_subquery()
    )


def has_no_part(actor: Actor, portfolio_id: int) -> bool:
    """Whether the actor has no part in the portfolio: never asked to assess it, not its owner, no conflict with it.

    The lists of this stage leave out the same portfolios in their own statements. One statement.
    """
    if actor.person_id is None:
        return actor.is_system
    found = select(Portfolio.id).where(Portfolio.id == portfolio_id, *independent_of(actor))
    return reading().scalar(found) is not None


def independent_of(actor: Actor, portfolio_id: InstrumentedAttribute[int] = Portfolio.id) -> list[ColumnElement[bool]]:
    """Conditions for a statement with this column: portfolios in which the actor has no part and no conflict."""
    asked = (
        select(Assessment.portfolio_id)
        .join(Assignment, Assignment.assessment_id == Assessment.id)
        .join(Member, Member.id == Assignment.member_id)
        .where(Member.person_id == actor.person_id)
    )
    return [*visible_to(actor, portfolio_id), portfolio_id.not_in(asked)]


def has_open_case(portfolio_id: int) -> bool:
    """Whether a moderator has something to read or answer about the portfolio. One statement."""
    found = (
        exists()
        .where(ModerationCase.assessment_id == Assessment.id, ModerationCase.state != CaseState.CLOSED)
        .where(Assessment.portfolio_id == portfolio_id)
    )
    return bool(reading().scalar(select(found)))


def moderated(person_id: int | None, portfolio_id: int) -> bool:
    """Whether the person ever answered a case of the portfolio. One statement."""
    found = exists().where(*answered_by(person_id), Assessment.portfolio_id == portfolio_id)
    return bool(reading().scalar(select(found)))


def moderated_in(person_id: int | None, round_id: int) -> bool:
    """Whether the person ever answered a case in the round. One statement."""
    found = exists().where(*answered_by(person_id), Assessment.portfolio_id == Portfolio.id)
    return bool(reading().scalar(select(found.where(Portfolio.round_id == round_id))))


def answered_by(person_id: int | InstrumentedAttribute[int] | None) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a statement with Assessment: cases that the person, or the one of this column, answered."""
    return (
        CaseMove.by_id == person_id,
        CaseMove.act == CaseAct.ANSWER,
        ModerationCase.id == CaseMove.case_id,
        Assessment.id == ModerationCase.assessment_id,
    )


def moderators_of(round_id: int) -> list[int]:
    """The ids of the persons who moderate in a round. One statement."""
    query = select(RoleGrant.person_id).filter_by(round_id=round_id, role=Role.MODERATOR).order_by(RoleGrant.person_id)
    return list(reading().scalars(query))
