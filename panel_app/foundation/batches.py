"""Long work in short acts: so many things in one transaction, so that nobody else waits for the whole of it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 50
"""Things in one act: about a second's work at most, well within the time for which a save of somebody else waits."""


def batches(things: Sequence[T], most: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """The things in their order, at most so many at once."""
    for start in range(0, len(things), most):
        yield things[start : start + most]
