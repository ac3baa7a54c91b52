"""How alike two names are, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

N_ = str
"""Marks a text for translation. This package stands below foundation and its words, so it has a marker of its own."""


class Likeness(StrEnum):
    """Exact: the same but for spelling conventions. Likely: a person should look. None: nothing says so."""

    EXACT = "exact"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """A likeness with the words that explain it. Truthy unless the likeness is none.

    `template` has named places for `params`, the two names as written; `str()` gives the English sentence.
    """

    likeness: Likeness
    template: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __bool__(self) -> bool:
        """Say whether anything is alike."""
        return self.likeness is not Likeness.NONE

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.template % self.params


def exact(template: str, a: str, b: str) -> Match:
    """Build a match of two names that are the same."""
    return Match(Likeness.EXACT, template, {"a": a, "b": b})


def likely(template: str, a: str, b: str) -> Match:
    """Build a match at which a person should look."""
    return Match(Likeness.LIKELY, template, {"a": a, "b": b})


def no_match(template: str, a: str, b: str) -> Match:
    """Build the answer that nothing says that two names are the same."""
    return Match(Likeness.NONE, template, {"a": a, "b": b})
