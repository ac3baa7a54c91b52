"""What was chosen and written, criterion by criterion, to be read before and after it is submitted."""

from dataclasses import dataclass

from flask_babel import gettext

from panel_app.scoring.queries.pages import WholeSheet
from panel_app.scoring.queries.sheets import SheetCriterion
from panel_app.scoring.rules.completeness import Values
from panel_app.scoring.rules.fields import CONFIDENCE_TITLES, UNJUDGED, VIEW_TITLES, Part, SheetField
from panel_app.scoring.views.shapes import reference_words


@dataclass(frozen=True)
class ChosenLevel:
    """A criterion with the level that was given, and the words beside it."""

    code: str
    title: str
    level: str
    confidence: str
    rationale: str
    references: tuple[str, ...]
    feedback: str


def chosen_levels(whole: WholeSheet) -> list[ChosenLevel]:
    """Criterion by criterion what was chosen and written."""
    return [_chosen(criterion, whole.values) for criterion in whole.criteria]


def view_words(whole: WholeSheet) -> str:
    """The view of the portfolio as a whole, in words; nothing where none was given."""
    view = whole.head.global_view
    return str(gettext(VIEW_TITLES[view])) if view else ""


def _chosen(criterion: SheetCriterion, values: Values) -> ChosenLevel:
    def get(part: Part) -> str:
        return values[SheetField(criterion.code, part).name]

    names = {str(level.points): f"{level.points} {level.label}" for level in criterion.levels}
    sure = {each.value: gettext(title) for each, title in CONFIDENCE_TITLES.items()}
    return ChosenLevel(
        code=criterion.code,
        title=criterion.title,
        level=names.get(get(Part.LEVEL), gettext("cannot judge")),
        confidence=sure.get(get(Part.CONFIDENCE), ""),
        rationale=get(Part.CANNOT_JUDGE) if get(Part.LEVEL) == UNJUDGED else get(Part.RATIONALE),
        references=reference_words(get(Part.REFERENCES)),
        feedback=get(Part.FEEDBACK),
    )
