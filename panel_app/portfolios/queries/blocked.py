"""What keeps portfolios from going on, in the same words on every page: a later stage, that knows all, tells it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from panel_app.foundation.states import Tone
from panel_app.foundation.words import Sentence
from panel_app.portfolios.queries.lists import ListedRow
from panel_app.programmes.queries import RoundView


@dataclass(frozen=True)
class Blocked:
    """What a portfolio waits for, since when, and whether that is bad, a wait, or on its way."""

    tone: Tone
    text: Sentence
    since: datetime


Teller = Callable[[RoundView, Sequence[ListedRow]], Mapping[str, Blocked]]
_TELLERS: dict[str, Teller] = {}


def tells_what_blocks(teller: Teller) -> Teller:
    """Let this function tell, for rows of a round, what blocks each (by key), in a constant number of statements.

    Raises ValueError for a second one.
    """
    if _TELLERS.setdefault("all", teller) is not teller:
        raise ValueError("two functions tell what blocks a portfolio")
    return teller


def what_blocks(round_: RoundView, rows: Sequence[ListedRow]) -> Mapping[str, Blocked]:
    """What blocks each of these portfolios of a round, by key. Seven statements at any number."""
    return _TELLERS["all"](round_, rows) if rows else {}
