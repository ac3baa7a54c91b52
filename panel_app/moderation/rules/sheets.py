"""What moderation reckons with: score sheets by label, weights by criterion, exact means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from panel_app.foundation.words import N_, Sentence

Weights: TypeAlias = Mapping[str, Fraction]
"""Criterion → weight, of one part or of all; they are rescaled to 100 by whoever reckons."""
Values: TypeAlias = Mapping[str, Fraction]
"""Criterion → value in points."""


class NotDecidable(Exception):
    """Nothing can be decided from what is there. `sentence` says why."""

    def __init__(self, why: Sentence) -> None:
        """Keep the sentence for the page."""
        super().__init__(str(why))
        self.sentence = why


@dataclass(frozen=True)
class Sheet:
    """One assessor's levels in points, under a label that tells nothing of the person (A, B, third).

    None is "cannot judge" or not scored: the sheet is then incomplete, whatever `complete` says.
    `complete` is set for a submitted sheet that is not set aside.
    """

    label: str
    levels: Mapping[str, int | None]
    complete: bool = True

    def counts(self, weights: Weights) -> bool:
        """Say whether the sheet enters figures: complete, with a level for every criterion that is weighed."""
        return self.complete and all(self.levels.get(criterion) is not None for criterion in weights)

    def values(self, weights: Weights) -> Values:
        """Return its levels as values, for a sheet that counts."""
        return {criterion: Fraction(level) for criterion in weights if (level := self.levels[criterion]) is not None}


def counted(sheets: Iterable[Sheet], weights: Weights) -> tuple[Sheet, ...]:
    """Return the sheets that count; an incomplete one never enters a figure."""
    return tuple(sheet for sheet in sheets if sheet.counts(weights))


def values(weights: Weights, sheets: Iterable[Sheet], moderator_levels: Mapping[str, int] | None = None) -> Values:
    """Return each criterion's value: the moderator's level if set, else the mean of its levels over counted sheets.

    Raises NotDecidable when no sheet counts.
    """
    set_by_moderator = moderator_levels or {}
    columns = [sheet.values(weights) for sheet in counted(sheets, weights)]
    if not columns:
        raise NotDecidable(Sentence(N_("No complete score sheet counts yet, so nothing can be decided.")))
    return {
        criterion: Fraction(set_by_moderator[criterion])
        if criterion in set_by_moderator
        else sum((column[criterion] for column in columns), Fraction(0)) / len(columns)
        for criterion in weights
    }


def weighted_mean(weights: Weights, of: Values) -> Fraction:
    """Return the mean of the values, weights rescaled to 100 within what is weighed. Raises ValueError without one."""
    total = sum(weights.values(), Fraction(0))
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError("weights must not be negative, and must add up to more than 0")
    return sum((weight * of[criterion] for criterion, weight in weights.items()), Fraction(0)) / total
