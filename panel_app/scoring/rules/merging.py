"""How a change meets what happened since its page last saw the field: taken, left, or shown beside the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Meeting(StrEnum):
    """What becomes of a change."""

    TAKE = "take"
    LEAVE = "leave"
    CLASH = "clash"


@dataclass(frozen=True)
class Change:
    """One earlier save of a field: at which revision of the sheet, by which open page, and what it held then."""

    revision: int
    page: str
    value: str


def meeting(new: str, seen: int, page: str, history: Sequence[Change]) -> Meeting:
    """What becomes of `new`, typed on a page that last saw the field at revision `seen`.

    `history`: the field's saves, oldest first. Only another page's newer change can clash: a save of the same page
    was taken only because that page had seen everything before it. Two equal texts never clash.
    """
    known = _known(seen, page, history)
    others = [change for change in history if change.revision > known and change.page != page]
    return Meeting.CLASH if others and history[-1].value != new else Meeting.TAKE


def form_meeting(new: str, seen: int, page: str, history: Sequence[Change]) -> Meeting:
    """The same for a field of a whole form, which comes along whether it was touched or not.

    A field that its page never saved and that holds what the page was made with is untouched: a newer value stays.
    """
    if new == (history[-1].value if history else ""):
        return Meeting.LEAVE
    was_there = [change.value for change in history if change.revision <= seen]
    if _known(seen, page, history) == seen and new == (was_there[-1] if was_there else ""):
        return Meeting.LEAVE
    return meeting(new, seen, page, history)


def seen_by(seen: int, page: str, history: Sequence[Change]) -> str:
    """What a page last saw in the field: by its own saves, or when it was made."""
    known = _known(seen, page, history)
    return next((change.value for change in reversed(history) if change.revision <= known), "")


def _known(seen: int, page: str, history: Sequence[Change]) -> int:
    return max([seen, *(change.revision for change in history if change.page == page)])
