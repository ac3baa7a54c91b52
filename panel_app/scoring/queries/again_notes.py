"""Before a sheet is reopened or somebody asked: what couldn't be judged, and why. The evidence may be mended first."""

from dataclasses import dataclass

from panel_app.assignment.queries.again_notes import AgainNote, again_note
from panel_app.assignment.queries.standing import AssessmentPlace
from panel_app.scoring.queries.sheets import criteria_of
from panel_app.scoring.queries.submitted import submitted_sheets


@dataclass(frozen=True)
class Unjudged:
    """A criterion that an assessor couldn't judge, in their words; `label`: of their sheet, for who reads several."""

    label: str
    code: str
    title: str
    why: str


@dataclass(frozen=True)
class UnjudgedNote:
    """All of them, on a portfolio's page by its keys."""

    round_key: str
    portfolio_key: str
    rows: tuple[Unjudged, ...]


@again_note
def unjudged(place: AssessmentPlace, assignment_id: int | None) -> AgainNote | None:
    """What the sheets that stand submitted say, once they can't be taken back; nothing where all is judged.

    One statement, two where something is not judged.
    """
    sheets = [sheet for sheet in submitted_sheets(place.assessment_id) if not sheet.in_grace]
    asked = [sheet for sheet in sheets if assignment_id in (None, sheet.assignment_id) and not sheet.is_complete]
    titles = {each.code: each.title for each in criteria_of(place.assessment_id)} if asked else {}
    rows = tuple(
        Unjudged(sheet.label, score.criterion, titles[score.criterion], score.cannot_judge)
        for sheet in asked
        for score in sheet.scores
        if score.level is None
    )
    note = UnjudgedNote(place.round_key, place.portfolio_key, rows)
    return AgainNote("scoring/unjudged_note.html", [note]) if rows else None
