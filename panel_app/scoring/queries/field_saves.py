"""What one save of one field reads, in as few statements as its rules allow; each is built once, at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from panel_app.assignment.models import Assignment
from panel_app.assignment.queries.standing import AssignmentFacts
from panel_app.foundation.database import reading
from panel_app.scoring.models import ScoreSheet, SheetSave
from panel_app.scoring.queries.sheets import SheetCriterion, criteria_of, feedback_in

_LOCK = (
    select(ScoreSheet.id, ScoreSheet.revision)
    .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
    .where(Assignment.key == bindparam("assignment_key"))
    .with_for_update(of=ScoreSheet)
)
_SINCE = (
    select(
        SheetSave.operation, SheetSave.field, SheetSave.revision, SheetSave.page, SheetSave.value, SheetSave.saved_at
    )
    .where(
        SheetSave.sheet_id == bindparam("sheet_id"),
        or_(
            SheetSave.operation == bindparam("operation"),
            and_(SheetSave.revision > bindparam("seen"), SheetSave.page != bindparam("page")),
        ),
    )
    .order_by(SheetSave.revision)
)


@dataclass(frozen=True)
class EarlierSave:
    """A save that is kept."""

    operation: str
    field: str
    revision: int
    page: str
    value: str
    saved_at: datetime


def lock_sheet(assignment_key: str) -> tuple[int, int] | None:
    """Id and revision of an assignment's sheet, its row locked until the act ends. One statement.

    What the assignment stands at is read after this, so that it can't be from before the lock.
    """
    row = reading().execute(_LOCK, {"assignment_key": assignment_key}).one_or_none()
    return (row.id, row.revision) if row else None


def saves_since(sheet_id: int, *, operation: str, seen: int, page: str) -> list[EarlierSave]:
    """The save of this operation, if it was done, and what other pages saved after `seen`; the oldest first.

    One statement.
    """
    found = {"sheet_id": sheet_id, "operation": operation, "seen": seen, "page": page}
    return [EarlierSave(*row) for row in reading().execute(_SINCE, found)]


_CRITERIA: dict[tuple[str, str, int], Mapping[str, SheetCriterion]] = {}
_MOST_ROUNDS = 64


def criteria_by_code(facts: AssignmentFacts) -> Mapping[str, SheetCriterion]:
    """The criteria of a sheet by code. One statement, for the round's policy of now; the first time two.

    A sheet stands in a round whose rubric is published: triggers refuse every change of it.
    """
    asked = (facts.round_key, facts.part, feedback_in(facts.round_id))
    kept = _CRITERIA.get(asked)
    if kept is None:
        if len(_CRITERIA) >= _MOST_ROUNDS:
            _CRITERIA.clear()
        kept = _CRITERIA[asked] = {each.code: each for each in criteria_of(facts.assessment_id, asked[2])}
    return kept
