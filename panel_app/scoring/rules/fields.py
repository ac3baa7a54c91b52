"""The fields of a score sheet by name, and what may stand in each: `C1.level`, `C1.rationale`, `note`."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from panel_app.foundation.words import N_, Sentence, sentence

MOST_LETTERS = 20_000
"""As much as a field of text takes: some eight pages."""


class Confidence(StrEnum):
    """How sure the assessor is of a level."""

    LOW = "low"
    FAIR = "fair"
    HIGH = "high"


CONFIDENCE_TITLES = {Confidence.LOW: N_("Low"), Confidence.FAIR: N_("Fair"), Confidence.HIGH: N_("High")}


class GlobalView(StrEnum):
    """What the assessor thinks of the portfolio as a whole, before any mean is known. It never counts."""

    FAIL = "fail"
    BORDERLINE = "borderline"
    PASS = "pass"


VIEW_TITLES = {GlobalView.FAIL: N_("Fail"), GlobalView.BORDERLINE: N_("Borderline"), GlobalView.PASS: N_("Pass")}
UNJUDGED = "cannot_judge"
"""Stands where a level's points stand: the assessor can't judge the criterion, and says why."""


class Part(StrEnum):
    """What a field holds of its criterion; the global view and the note belong to the sheet as a whole.

    The reason for "cannot judge" is a text of its own: it stays as typed whichever level is chosen, and is submitted
    only with "cannot judge".
    """

    LEVEL = "level"
    CANNOT_JUDGE = "cannot_judge"
    RATIONALE = "rationale"
    REFERENCES = "references"
    CONFIDENCE = "confidence"
    FEEDBACK = "feedback"
    GLOBAL_VIEW = "global_view"
    NOTE = "note"


PART_TITLES: Mapping[Part, str] = {
    Part.LEVEL: N_("Level"),
    Part.CANNOT_JUDGE: N_("Why you can't judge it"),
    Part.RATIONALE: N_("Why this level"),
    Part.REFERENCES: N_("Where in the evidence"),
    Part.CONFIDENCE: N_("How sure are you?"),
    Part.FEEDBACK: N_("Feedback to the candidate"),
    Part.GLOBAL_VIEW: N_("The portfolio as a whole"),
    Part.NOTE: N_("Note to the moderator"),
}
TEXTS = frozenset({Part.CANNOT_JUDGE, Part.RATIONALE, Part.FEEDBACK, Part.NOTE})
OF_SHEET = (Part.GLOBAL_VIEW, Part.NOTE)
OF_CRITERION = tuple(part for part in Part if part not in OF_SHEET)


class Unacceptable(ValueError):
    """A field that the sheet hasn't, or a value that it can't hold. `sentence` says what to do."""

    def __init__(self, refusal: Sentence) -> None:
        """Keep the sentence for the page."""
        super().__init__(str(refusal))
        self.sentence = refusal


@dataclass(frozen=True)
class SheetField:
    """One field: a part of a criterion, or of the sheet, which has none."""

    criterion: str | None
    part: Part

    @property
    def name(self) -> str:
        """As it stands in forms, saves and the history."""
        return f"{self.criterion}.{self.part.value}" if self.criterion else self.part.value


GLOBAL_VIEW = SheetField(None, Part.GLOBAL_VIEW)
NOTE = SheetField(None, Part.NOTE)


def fields_of(criteria: Collection[str]) -> tuple[SheetField, ...]:
    """Every field of a sheet, in the order of the page."""
    return (*(SheetField(code, part) for code in criteria for part in OF_CRITERION), GLOBAL_VIEW, NOTE)


def is_text(name: str) -> bool:
    """Whether the field of this name is a box for text, not a choice."""
    return name.rpartition(".")[2] in TEXTS


def field_named(name: str, criteria: Collection[str]) -> SheetField:
    """The field of that name. Raises Unacceptable for one that the sheet's rubric hasn't."""
    known = {field.name: field for field in fields_of(criteria)}
    if name not in known:
        raise Unacceptable(sentence(N_("This sheet has no such field. Reload the page: its rubric may be another.")))
    return known[name]


def accepted(field: SheetField, value: str, levels: Collection[int]) -> str:
    """The value as it is stored; empty takes back what was there. Raises Unacceptable with what to do.

    `levels`: the points that the criterion's levels have in the rubric.
    """
    if field.part in TEXTS:
        text = tidy(value)
        if len(text) > MOST_LETTERS:
            raise Unacceptable(
                sentence(
                    N_("Characters: %(n)s. At most: %(most)s. Shorten the text: the rest is not saved."),
                    n=len(text),
                    most=MOST_LETTERS,
                )
            )
        return text
    chosen = value.strip()
    if chosen and chosen not in _choices(field.part, levels):
        raise Unacceptable(sentence(N_("There is no such choice here. Choose one of those on the page.")))
    return chosen


def _choices(part: Part, levels: Collection[int]) -> set[str]:
    if part is Part.LEVEL:
        return {UNJUDGED, *(str(points) for points in levels)}
    return {each.value for each in (GlobalView if part is Part.GLOBAL_VIEW else Confidence)}


_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def tidy(text: str) -> str:
    """Text with LF line ends, without control characters and halves of characters; everything else as typed."""
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
