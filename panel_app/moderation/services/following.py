"""A case that waits for a third score sheet is due when that sheet is: it follows where the sheet's date moves."""

from sqlalchemy import ColumnElement, select

from panel_app.assignment.happenings import AboutAssignment, DueMoved, OfferMade, WorkReopened
from panel_app.assignment.models import AssignmentRole
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import on
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.rules import CaseState
from panel_app.moderation.services.moving import third_due
from panel_app.portfolios.models import Assessment
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.rules.dates import Which


@on(OfferMade)
def follow_another_third(happened: OfferMade, by: Actor) -> None:
    """Someone else is asked to be the third, with days of their own."""
    _follow(happened)


@on(DueMoved)
def follow_later_due(happened: DueMoved, by: Actor) -> None:
    """A coordinator gave the third assessor more time."""
    _follow(happened)


@on(WorkReopened)
def follow_reopened(happened: WorkReopened, by: Actor) -> None:
    """The third sheet was opened again, with a new due date."""
    _follow(happened)


@on(DatesMoved)
def follow_round(happened: DatesMoved, by: Actor) -> None:
    """The round's day for score sheets moved; assignment, which comes before, has moved the sheets' own."""
    if Which.SCORING_DUE.value in happened.moves:
        _follow_all(Assessment.round_id == happened.round_id)


def _follow(happened: AboutAssignment) -> None:
    if happened.role == AssignmentRole.THIRD.value:
        _follow_all(Assessment.id == happened.assessment_id)


def _follow_all(of: ColumnElement[bool]) -> None:
    with transaction() as db:
        db.flush()
        query = select(ModerationCase).join(Assessment, Assessment.id == ModerationCase.assessment_id)
        query = query.where(of, ModerationCase.state == CaseState.WITH_THIRD).order_by(ModerationCase.id)
        for case in db.scalars(query.with_for_update(of=ModerationCase)).all():
            case.due_at = third_due(case.assessment_id) or case.due_at
        db.flush()
