"""How alike two names are, and why."""

from dataclasses import dataclass
from enum import StrEnum

from panel_app.foundation.words import Sentence


class Likeness(StrEnum):
    """Exact: the same but for spelling conventions. Likely: a person should look. None: nothing says so."""

    EXACT = "exact"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """A likeness with the words that explain it. Truthy unless the likeness is none."""

    likeness: Likeness
    why: Sentence

    def __bool__(self) -> bool:
        """Say whether anything is alike."""
        return self.likeness is not Likeness.NONE
