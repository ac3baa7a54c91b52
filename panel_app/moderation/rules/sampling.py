"""Which portfolios a moderator sees although nothing called for it (docs/rules.md, Sample)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, isqrt
from random import Random

from panel_app.moderation.rules.decision import Result


class SampledFor(StrEnum):
    """Why a portfolio is in the sample."""

    FAIL = "fail"
    REFER = "refer"
    BORDERLINE = "borderline"
    RANDOM = "random"


@dataclass(frozen=True)
class Judged:
    """A portfolio with its proposed result and who assessed it; keys only."""

    key: str
    result: Result
    borderline: bool
    assessors: frozenset[str]


@dataclass(frozen=True)
class Share:
    """How many clear passes are drawn: a part of the round's size, and at least its square root where that is said."""

    part: Fraction
    at_least_root: bool

    def of(self, size: int) -> int:
        """Return how many a round of this size draws, rounded up."""
        root = isqrt(size)
        least = (root if root * root == size else root + 1) if self.at_least_root else 0
        return max(ceil(self.part * size), least)


def sample(judged: Sequence[Judged], share: Share, random: Random) -> dict[str, SampledFor]:
    """Return key → reason: all fails, refers and borderline ones, and a random share of the clear passes.

    The share counts the round's size; all are drawn if there are fewer.
    Chosen ones are spread over assessors. The generator is handed in, so that a seed on record repeats the sample.
    """
    due = {one.key: reason for one in judged if (reason := sampled_for(one.result, one.borderline)) is not None}
    clear = sorted((one for one in judged if one.key not in due), key=lambda one: one.key)
    chosen = _spread(clear, share.of(len(judged)), random)
    return due | dict.fromkeys(chosen, SampledFor.RANDOM)


def sampled_for(result: Result, borderline: bool) -> SampledFor | None:
    """Return why a proposal is in every sample, or None for a clear pass."""
    if result is not Result.PASS:
        return SampledFor(result.value)
    return SampledFor.BORDERLINE if borderline else None


def _spread(clear: list[Judged], count: int, random: Random) -> list[str]:
    """Draw one after the other from those whose assessors were drawn least so far."""
    drawn: Counter[str] = Counter()
    left, chosen = list(clear), list[str]()
    random.shuffle(left)
    while left and len(chosen) < count:
        one = min(left, key=lambda judged: sum(drawn[assessor] for assessor in judged.assessors))
        left.remove(one)
        drawn.update(one.assessors)
        chosen.append(one.key)
    return chosen
