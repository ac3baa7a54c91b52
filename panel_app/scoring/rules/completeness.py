"""What a sheet lacks before it can be submitted; nothing is ever preset, and a missing level is missing, never 0."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.scoring.rules.fields import Part, SheetField

FEEDBACK_LETTERS = 40
"""The least feedback on a criterion below its top level: a candidate can do nothing with less.

It holds where the round's policy says nothing else.
"""
FEEDBACK_TOLERANCE = "scoring.feedback_letters"
"""The entry of a round's working policy (`tolerances`) that says how many letters of feedback are the least."""

Values = Mapping[str, str]
"""Field name → stored value; empty or absent: nothing there."""


@dataclass(frozen=True)
class Scale:
    """A criterion as the check needs it: its code, the points of its levels, the least letters of its feedback."""

    code: str
    points: Collection[int]
    feedback_letters: int = FEEDBACK_LETTERS


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: in which field, and what to do."""

    field: str
    sentence: Sentence


def least_feedback(tolerances: Mapping[str, str]) -> int:
    """The least letters of feedback in a round with these tolerances."""
    return int(tolerances.get(FEEDBACK_TOLERANCE, FEEDBACK_LETTERS))


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
    if not is_top and len(_get(values, scale, Part.FEEDBACK)) < scale.feedback_letters:
        words = counting(
            "%(code)s: write at least %(num)s letter of feedback, as it is below the top level.",
            "%(code)s: write at least %(num)s letters of feedback, as it is below the top level.",
            scale.feedback_letters,
            code=scale.code,
        )
        yield Missing(SheetField(scale.code, Part.FEEDBACK).name, words)


def _get(values: Values, scale: Scale, part: Part) -> str:
    return values.get(SheetField(scale.code, part).name, "").strip()


def _gap(scale: Scale, part: Part, text: str) -> Missing:
    return Missing(SheetField(scale.code, part).name, sentence(text, code=scale.code))
