"""Addresses that the mail server refuses for good: who keeps a person's address is told."""

from collections.abc import Callable

Listener = Callable[[int, str], None]
_LISTENERS: list[Listener] = []


def on_refused_address(listener: Listener) -> Listener:
    """Call `listener(person_id, address)` when the server refused an address for good, inside the settling act."""
    _LISTENERS.append(listener)
    return listener


def tell_refused(person_id: int, address: str) -> None:
    """Tell everyone who asked."""
    for listener in _LISTENERS:
        listener(person_id, address)
