"""What a sheet lacks before it can be submitted; nothing is ever preset, and a missing level is missing, never 0."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.scoring.rules.feedback import Writer, copied, gives_away, too_short
from panel_app.scoring.rules.fields import GLOBAL_VIEW, UNJUDGED, Part, SheetField

FEEDBACK_LETTERS = 40
"""The least feedback on a criterion below its top level: a candidate can do nothing with less.

It holds where the round's policy says nothing else.
"""
FEEDBACK_TOLERANCE = "scoring.feedback_letters"
"""The entry of a round's working policy (`tolerances`) that says how many letters of feedback are the least."""

Values = Mapping[str, str]
"""Field name → stored value; empty or absent: nothing there."""
NOBODY = Writer()


@dataclass(frozen=True)
class Scale:
    """A criterion as the check needs it: its code, the points of its levels, the least letters of its feedback.

    `descriptors`: the published words of its levels.
    """

    code: str
    points: Collection[int]
    feedback_letters: int = FEEDBACK_LETTERS
    descriptors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: in which field, and what to do."""

    field: str
    sentence: Sentence


def least_feedback(tolerances: Mapping[str, str]) -> int:
    """The least letters of feedback in a round with these tolerances."""
    return int(tolerances.get(FEEDBACK_TOLERANCE, FEEDBACK_LETTERS))


def missing(values: Values, criteria: Sequence[Scale], writer: Writer = NOBODY) -> tuple[Missing, ...]:
    """Everything that keeps the sheet from being submitted, in the order of the page.

    `writer`: whose name the feedback may not hold; nobody's is looked for without one.
    """
    gaps = [gap for scale in criteria for gap in (*_gaps(values, scale), *_feedback(values, scale, criteria, writer))]
    if not values.get(GLOBAL_VIEW.name):
        gaps.append(Missing(GLOBAL_VIEW.name, sentence(N_("Say what you think of the portfolio as a whole."))))
    return tuple(gaps)


def done(values: Values, criteria: Sequence[Scale]) -> tuple[str, ...]:
    """The codes of the criteria in which nothing is missing."""
    lacking = {gap.field.partition(".")[0] for gap in missing(values, criteria)}
    return tuple(scale.code for scale in criteria if scale.code not in lacking)


def is_begun(values: Values, scale: Scale) -> bool:
    """Whether anything stands in this criterion."""
    return any(value.strip() for name, value in values.items() if name.split(".")[0] == scale.code)


def is_complete(values: Values, criteria: Sequence[Scale]) -> bool:
    """Whether every criterion has a level: a sheet with "cannot judge" is kept and shown, but never in a mean."""
    return all(_get(values, scale, Part.LEVEL) not in ("", UNJUDGED) for scale in criteria)


def _gaps(values: Values, scale: Scale) -> Iterator[Missing]:
    level = _get(values, scale, Part.LEVEL)
    if level == UNJUDGED:
        if not _get(values, scale, Part.CANNOT_JUDGE):
            yield _gap(scale, Part.CANNOT_JUDGE, N_("%(code)s: say why you can't judge it."))
        return
    if not level:
        yield _gap(scale, Part.LEVEL, N_("%(code)s: choose a level, or say that you can't judge it."))
    if not _get(values, scale, Part.RATIONALE):
        yield _gap(scale, Part.RATIONALE, N_("%(code)s: say why this level."))
    if not _get(values, scale, Part.CONFIDENCE):
        yield _gap(scale, Part.CONFIDENCE, N_("%(code)s: say how sure you are."))


def _feedback(values: Values, scale: Scale, criteria: Sequence[Scale], writer: Writer) -> Iterator[Missing]:
    """The first thing that is wrong with a criterion's feedback.

    At the top level, unjudged, or before a level is chosen (which is told already) it may be left out.
    """
    text, level = _get(values, scale, Part.FEEDBACK), _get(values, scale, Part.LEVEL)
    may_lack = level in ("", UNJUDGED) or int(level) == max(scale.points)
    short = too_short(scale.code, text, scale.feedback_letters)
    found = None if may_lack else short or _copied(values, scale, criteria)
    if found := found or gives_away(scale.code, text, writer):
        yield Missing(SheetField(scale.code, Part.FEEDBACK).name, found)


def _copied(values: Values, scale: Scale, criteria: Sequence[Scale]) -> Sentence | None:
    """Held against every descriptor, the reasons of other criteria, and the feedback of those before this one."""
    descriptors = [words for each in criteria for words in each.descriptors]
    reasons = [_get(values, each, Part.RATIONALE) for each in criteria if each.code != scale.code]
    before = criteria[: [each.code for each in criteria].index(scale.code)]
    feedback = [_get(values, each, Part.FEEDBACK) for each in before]
    return copied(scale.code, _get(values, scale, Part.FEEDBACK), descriptors, [*reasons, *feedback])


def _get(values: Values, scale: Scale, part: Part) -> str:
    return values.get(SheetField(scale.code, part).name, "").strip()


def _gap(scale: Scale, part: Part, text: str) -> Missing:
    return Missing(SheetField(scale.code, part).name, sentence(text, code=scale.code))
