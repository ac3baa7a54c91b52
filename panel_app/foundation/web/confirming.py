"""A second question before weighty acts: a view names the methods before which its person shows anew who they are.

Accounts asks it, once for some minutes; what was posted waits meanwhile.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

V = TypeVar("V", bound=Callable[..., object])


def confirmed(*, on: Iterable[str] = ("POST",)) -> Callable[[V], V]:
    """Declare that a view asks again before these methods; stands beside `@allow`."""

    def declare(view: V) -> V:
        view.confirmed = frozenset(on)  # type: ignore[attr-defined]  # a declaration is data on the view
        return view

    return declare


def asks_again(view: Callable[..., object]) -> frozenset[str]:
    """The methods before which a view asks again; none where it declares nothing."""
    found: object = getattr(view, "confirmed", frozenset())
    assert isinstance(found, frozenset)
    return found
