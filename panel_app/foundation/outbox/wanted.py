"""Is a message still wanted? Asked again just before it is sent: a sheet may have been submitted meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = bool | Literal["replaced"]


@dataclass(frozen=True)
class Waiting:
    """A message that is about to be sent."""

    id: int
    key: str
    occasion: str
    kind: str
    person_id: int | None
    round_id: int | None
    subject_key: str | None
    due_at: datetime


Condition = Callable[[Waiting], Verdict]
_CONDITIONS: dict[str, Condition] = {}


def still_wanted(kind: str) -> Callable[[Condition], Condition]:
    """Register the stop condition of a kind of message: False skips it for good; "replaced": a newer one was written.

    Runs inside the claim's transaction, so what it reads holds. Raises ValueError for a second one of the kind.
    """

    def register(condition: Condition) -> Condition:
        if _CONDITIONS.setdefault(kind, condition) is not condition:
            raise ValueError(f"two conditions decide whether {kind} is still wanted")
        return condition

    return register


def verdict(message: Waiting) -> Verdict:
    """Whether the message shall go; kinds without a condition always do."""
    condition = _CONDITIONS.get(message.kind)
    return True if condition is None else condition(message)
