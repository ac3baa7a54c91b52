"""What a moderator's answer covers: the sheets, the levels in force, why the case is open and what was done."""

from dataclasses import dataclass

from panel_app.foundation import shown


@dataclass(frozen=True)
class Answerable:
    """What the page of a case showed. `sheets`: key and number of each version; `moves`: how many there are."""

    case_key: str
    sheets: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int, str], ...]
    reasons: tuple[tuple[str, str], ...]
    moves: int


def shown_digest(answerable: Answerable) -> str:
    """The digest that the page of a case carries: a version of a sheet is never changed, so its number tells it."""
    return shown.digest(answerable)
