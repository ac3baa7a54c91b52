"""One sheet: its head, its criteria with the published words, its values by field, its history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import and_, bindparam, case, func, select, true

from panel_app import clock
from panel_app.foundation.database import reading
from panel_app.portfolios.models import Assessment
from panel_app.programmes.models import Criterion, Level
from panel_app.programmes.queries import working
from panel_app.scoring.models import Score, ScoreSheet, SheetSave
from panel_app.scoring.queries.references import references_of
from panel_app.scoring.rules.completeness import FEEDBACK_LETTERS, Scale, least_feedback
from panel_app.scoring.rules.fields import GLOBAL_VIEW, NOTE, UNJUDGED, GlobalView, Part
from panel_app.scoring.rules.merging import Change
from panel_app.scoring.rules.versions import Saved, Version, versions


@dataclass(frozen=True)
class SheetLevel:
    """A level with its published descriptor."""

    id: int
    points: int
    label: str
    descriptor: str


@dataclass(frozen=True)
class SheetCriterion:
    """A criterion of the sheet's part; `weight` in whole per cent of the rubric, levels from the lowest up."""

    id: int
    code: str
    title: str
    asks: str
    weight: int
    levels: tuple[SheetLevel, ...]
    feedback_letters: int

    @property
    def scale(self) -> Scale:
        """What the check of completeness needs of it."""
        points = tuple(level.points for level in self.levels)
        return Scale(self.code, points, self.feedback_letters, tuple(level.descriptor for level in self.levels))


@dataclass(frozen=True)
class SheetHead:
    """A sheet without its values. `saved_at`: its last save, or when it was opened."""

    id: int
    key: str
    assignment_id: int
    rubric_id: int
    revision: int
    saved_at: datetime
    note: str
    global_view: GlobalView | None

    @classmethod
    def of(cls, sheet: ScoreSheet) -> "SheetHead":
        """The head of a row that is at hand."""
        return cls(
            sheet.id,
            sheet.key,
            sheet.assignment_id,
            sheet.rubric_id,
            sheet.revision,
            sheet.saved_at,
            sheet.note,
            sheet.global_view,
        )


def sheet_head(assignment_id: int) -> SheetHead | None:
    """The sheet of an assignment; none before its start. One statement."""
    row = (
        reading()
        .execute(
            select(
                ScoreSheet.id,
                ScoreSheet.key,
                ScoreSheet.assignment_id,
                ScoreSheet.rubric_id,
                ScoreSheet.revision,
                ScoreSheet.saved_at,
                ScoreSheet.note,
                ScoreSheet.global_view,
            ).filter_by(assignment_id=assignment_id)
        )
        .one_or_none()
    )
    return SheetHead(*row) if row else None


def feedback_in(round_id: int) -> int:
    """The least letters of feedback that the round's policy of now asks for. One statement."""
    return least_feedback(working(round_id, clock.now()).tolerances)


def criteria_of(assessment_id: int, feedback_letters: int = FEEDBACK_LETTERS) -> tuple[SheetCriterion, ...]:
    """The criteria of an assessment's part, in order. One statement.

    `feedback_letters` (`feedback_in`) is given where it is asked what a sheet lacks.
    """
    rows = reading().execute(
        select(Criterion, Level)
        .join(Assessment, Assessment.part_id == Criterion.part_id)
        .join(Level, Level.criterion_id == Criterion.id)
        .where(Assessment.id == assessment_id)
        .order_by(Criterion.position, Criterion.id, Level.points, Level.id)
    )
    return tuple(
        _criterion(found, (level for _, level in group), feedback_letters)
        for found, group in groupby(rows, lambda row: row[0])
    )


def _criterion(found: Criterion, levels: Iterable[Level], feedback_letters: int) -> SheetCriterion:
    return SheetCriterion(
        id=found.id,
        code=found.code,
        title=found.title,
        asks=found.asks,
        weight=found.weight,
        levels=tuple(SheetLevel(each.id, each.points, each.label, each.descriptor) for each in levels),
        feedback_letters=feedback_letters,
    )


def values_of(sheet: SheetHead) -> dict[str, str]:
    """Field name → value, empty where nothing stands; a level as its points, or `cannot_judge`. Two statements."""
    scores, references = scores_of(sheet.id), references_of(sheet.id)
    pointed = {name: references.get(name.partition(".")[0], "") for name in scores if name.endswith(_REFERENCES)}
    view = sheet.global_view.value if sheet.global_view else ""
    return {NOTE.name: sheet.note, GLOBAL_VIEW.name: view, **scores, **pointed}


_REFERENCES = f".{Part.REFERENCES}"
_SCORES = (
    select(
        Criterion.code,
        Level.points,
        Score.unjudged,
        Score.cannot_judge,
        Score.rationale,
        Score.confidence,
        Score.feedback,
    )
    .join(Criterion, Criterion.id == Score.criterion_id)
    .outerjoin(Level, Level.id == Score.level_id)
    .where(Score.sheet_id == bindparam("sheet_id"))
    .order_by(Criterion.position, Criterion.id)
)


def scores_of(sheet_id: int) -> dict[str, str]:
    """The values of a sheet's criteria, references left empty, as a save needs them. One statement."""
    values: dict[str, str] = {}
    for score in reading().execute(_SCORES, {"sheet_id": sheet_id}):
        parts = {
            Part.LEVEL: UNJUDGED if score.unjudged else "" if score.points is None else str(score.points),
            Part.CANNOT_JUDGE: score.cannot_judge or "",
            Part.RATIONALE: score.rationale,
            Part.REFERENCES: "",
            Part.CONFIDENCE: score.confidence.value if score.confidence else "",
            Part.FEEDBACK: score.feedback,
        }
        values |= {f"{score.code}.{part}": value for part, value in parts.items()}
    return values


MOST_SAVES = 5000
"""As many of a field's latest saves are looked at for its history: fifty versions of a hundred saves each."""
_FIELD = SheetSave.field
_WHITE = " \t\n\r"


def history_met(sheet_id: int, seen: int, page: str, field: str | None = None) -> dict[str, list[Change]]:
    """Field name → those of its saves that decide how a change meets them, the oldest first. One statement.

    Three at most, however many there are: the last that `page` saw when it was made, at revision `seen`; its own last
    one; and the newest. Any other's newer change is the newest itself, or stands before this page's own last one.
    """
    of_field = true() if field is None else SheetSave.field == field
    mine = and_(SheetSave.sheet_id == sheet_id, of_field)
    deciding = select(
        _FIELD.label("field"),
        func.max(case((SheetSave.revision <= seen, SheetSave.revision))).label("seen"),
        func.max(case((SheetSave.page == page, SheetSave.revision))).label("own"),
        func.max(SheetSave.revision).label("newest"),
    )
    each = deciding.where(mine).group_by(_FIELD).subquery()
    query = select(_FIELD, SheetSave.revision, SheetSave.page, SheetSave.value).where(mine)
    query = query.join(each, each.c.field == _FIELD).order_by(SheetSave.revision)
    found: dict[str, list[Change]] = defaultdict(list)
    wanted = query.where(SheetSave.revision.in_((each.c.seen, each.c.own, each.c.newest)))
    for name, revision, of_page, value in reading().execute(wanted):
        found[name].append(Change(revision, of_page, value))
    return found


def saves_of(sheet_id: int, field: str) -> list[Saved]:
    """When and where a field was saved, without its texts, the oldest first; the newest 5,000. One statement."""
    is_blank = func.trim(SheetSave.value, _WHITE) == ""
    query = select(SheetSave.revision, SheetSave.saved_at, SheetSave.page, is_blank)
    query = (
        query.where(SheetSave.sheet_id == sheet_id, SheetSave.field == field)
        .order_by(SheetSave.revision.desc())
        .limit(MOST_SAVES)
    )
    return [Saved(*row) for row in reversed(reading().execute(query).all())]


def versions_of(sheet_id: int, field: str) -> list[Version]:
    """A field's texts in steps of time, the newest first, as many as a page lists. Two statements."""
    listed = versions(saves_of(sheet_id, field))
    query = select(SheetSave.revision, SheetSave.value).where(SheetSave.sheet_id == sheet_id)
    texts = reading().execute(query.where(SheetSave.revision.in_([save.revision for save in listed])))
    held = {row.revision: row.value for row in texts}
    return [Version(save.revision, save.saved_at, save.page, held[save.revision]) for save in listed]
