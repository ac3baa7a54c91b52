"""What a sheet lacks before it can be submitted; nothing is ever preset, and a missing level is missing, never 0."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.scoring.rules.fields import Part, SheetField

FEEDBACK_LETTERS = 40
"""The least feedback on a criterion below its top level: a candidate can do nothing with less."""

Values = Mapping[str, str]
"""Field name → stored value; empty or absent: nothing there."""


@dataclass(frozen=True)
class Scale:
    """A criterion as the check needs it: its code and the points of its levels."""

    code: str
    points: Collection[int]


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: in which field, and what to do."""

    field: str
    sentence: Sentence


def missing(values: Values, criteria: Sequence[Scale]) -> tuple[Missing, ...]:
    """Everything that keeps the sheet from being submitted, in the order of the page."""
    return tuple(gap for scale in criteria for gap in _gaps(values, scale))


def is_done(values: Values, scale: Scale) -> bool:
    """Whether nothing is missing in this criterion."""
    return not any(_gaps(values, scale))


def is_begun(values: Values, scale: Scale) -> bool:
    """Whether anything stands in this criterion."""
    return any(value.strip() for name, value in values.items() if name.split(".")[0] == scale.code)


def is_complete(values: Values, criteria: Sequence[Scale]) -> bool:
    """Whether every criterion has a level: a sheet with "cannot judge" is kept and shown, but never in a mean."""
    return all(_get(values, scale, Part.LEVEL) for scale in criteria)


def _gaps(values: Values, scale: Scale) -> Iterator[Missing]:
    level = _get(values, scale, Part.LEVEL)
    if not level and not _get(values, scale, Part.CANNOT_JUDGE):
        yield _gap(scale, Part.LEVEL, N_("%(code)s: choose a level."))
    if not _get(values, scale, Part.RATIONALE):
        yield _gap(scale, Part.RATIONALE, N_("%(code)s: say why this level."))
    if not _get(values, scale, Part.CONFIDENCE):
        yield _gap(scale, Part.CONFIDENCE, N_("%(code)s: say how sure you are."))
    is_top = bool(level) and int(level) == max(scale.points)
    if not is_top and len(_get(values, scale, Part.FEEDBACK)) < FEEDBACK_LETTERS:
        text = N_("%(code)s: write at least %(letters)s letters of feedback, as it is below the top level.")
        yield _gap(scale, Part.FEEDBACK, text, letters=FEEDBACK_LETTERS)


def _get(values: Values, scale: Scale, part: Part) -> str:
    return values.get(SheetField(scale.code, part).name, "").strip()


def _gap(scale: Scale, part: Part, text: str, **params: int) -> Missing:
    said = sentence(text, code=scale.code, **params)
    return Missing(SheetField(scale.code, part).name, said)
