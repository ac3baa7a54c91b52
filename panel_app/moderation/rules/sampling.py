"""Which portfolios a moderator sees although nothing called for it (design 3, sampling)."""

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


def sample(judged: Sequence[Judged], share: Fraction, random: Random) -> dict[str, SampledFor]:
    """Return key → reason: all fails, refers and borderline ones, and a random share of the clear passes.

    The share counts the round's size: the larger of `share` of it and its square root, rounded up; all if fewer.
    Chosen ones are spread over assessors. The generator is handed in, so that a seed on record repeats the sample.
    """
    due = {one.key: reason for one in judged if (reason := _due(one)) is not None}
    clear = sorted((one for one in judged if one.key not in due), key=lambda one: one.key)
    chosen = _spread(clear, random_share(len(judged), share), random)
    return due | dict.fromkeys(chosen, SampledFor.RANDOM)


def random_share(size: int, share: Fraction) -> int:
    """Return how many clear passes a round of this size draws: the larger of the share and the square root, up."""
    root = isqrt(size)
    return max(ceil(share * size), root if root * root == size else root + 1)


def _due(one: Judged) -> SampledFor | None:
    if one.result is not Result.PASS:
        return SampledFor(one.result.value)
    return SampledFor.BORDERLINE if one.borderline else None


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
