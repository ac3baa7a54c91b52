"""What stands on a sheet that was not submitted, as it was left; and a line of a list of such sheets."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.assignment.rules import ASSIGNMENT
from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown, shown
from panel_app.scoring.queries.pages import WholeSheet
from panel_app.scoring.queries.sheets import SheetCriterion
from panel_app.scoring.queries.unfinished import UnfinishedRow
from panel_app.scoring.rules.completeness import Values
from panel_app.scoring.rules.fields import CONFIDENCE_TITLES, PART_TITLES, UNJUDGED, Part, SheetField
from panel_app.scoring.rules.references import parsed, place
from panel_app.scoring.views.chosen_shapes import view_words


@dataclass(frozen=True)
class LeftCriterion:
    """A criterion with its level in words, the places pointed to, and every text that has something: (title, text)."""

    code: str
    title: str
    level: str
    confidence: str
    places: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LeftSheet:
    """A sheet as it was left. Words of the evidence that it quoted are not among it: its writer has no part there."""

    reference: str
    saved: Shown
    criteria: tuple[LeftCriterion, ...]
    view: str
    note: str


@dataclass(frozen=True)
class UnfinishedLine:
    """A line of a list: how far a sheet got, and when it was saved last."""

    key: str
    reference: str
    portfolio_key: str
    member_id: int
    label: str
    tone: str
    since: Shown
    due: Shown
    saved: Shown | None
    levels: str
    letters: str


def left_sheet(whole: WholeSheet, own_zone: str | None) -> LeftSheet:
    """What stands on the sheet, criterion by criterion; one without anything is left out."""
    criteria = (_left(criterion, whole.values) for criterion in whole.criteria)
    return LeftSheet(
        reference=whole.facts.reference,
        saved=shown(whole.head.saved_at, whole.facts.zone, own_zone, clock.now()),
        criteria=tuple(each for each in criteria if each.level or each.confidence or each.places or each.texts),
        view=view_words(whole),
        note=whole.head.note,
    )


def unfinished_line(row: UnfinishedRow, own_zone: str | None) -> UnfinishedLine:
    """A row as a list prints it."""
    now = clock.now()
    return UnfinishedLine(
        key=row.key,
        reference=row.reference,
        portfolio_key=row.portfolio_key,
        member_id=row.member_id,
        label=ASSIGNMENT.title(row.state),
        tone=ASSIGNMENT.tone(row.state).value,
        since=shown(row.state_since, row.zone, own_zone, now),
        due=shown(row.due_at, row.zone, own_zone, now),
        saved=shown(row.saved_at, row.zone, own_zone, now) if row.saved_at else None,
        levels=gettext("%(scored)s of %(criteria)s", scored=row.scored, criteria=row.criteria),
        letters=ngettext("%(num)s character written", "%(num)s characters written", row.letters),
    )


def _left(criterion: SheetCriterion, values: Values) -> LeftCriterion:
    def get(part: Part) -> str:
        return values.get(SheetField(criterion.code, part).name, "")

    levels = {str(level.points): f"{level.points} {level.label}" for level in criterion.levels}
    sure = {each.value: gettext(title) for each, title in CONFIDENCE_TITLES.items()}
    return LeftCriterion(
        code=criterion.code,
        title=criterion.title,
        level=levels.get(get(Part.LEVEL), gettext("can't judge") if get(Part.LEVEL) == UNJUDGED else ""),
        confidence=sure.get(get(Part.CONFIDENCE), ""),
        places=tuple(say(place(each)) for each in parsed(get(Part.REFERENCES))),
        texts=tuple(_texts({part: get(part) for part in (Part.CANNOT_JUDGE, Part.RATIONALE, Part.FEEDBACK)})),
    )


def _texts(found: dict[Part, str]) -> Iterator[tuple[str, str]]:
    for part, text in found.items():
        if text.strip():
            yield str(gettext(PART_TITLES[part])), text
