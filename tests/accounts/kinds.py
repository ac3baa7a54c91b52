"""Types of the fixtures that tests of accounts use."""

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from panel_app.foundation.actors import Actor
from tests.support.pages import Visitor
from tests.support.statements import Statements

T = TypeVar("T")


class Visit(Protocol):
    """The fixture `visit`."""

    def __call__(self, who: Actor | None = None, /) -> Visitor: ...


class Counting(Protocol):
    """The fixture `count_statements`."""

    def __call__(self) -> AbstractContextManager[Statements]: ...


def sure(found: T | None) -> T:
    """What was found; the test ends here when there is nothing."""
    assert found is not None
    return found
