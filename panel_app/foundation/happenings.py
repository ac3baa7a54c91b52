"""Who did what to which thing: typed happenings, recorded inside the act that makes them true.

`record()` keeps the happening for the audit chain and calls at once those who asked for its kind, inside the open
transaction: a listener that fails, fails the act. So an earlier stage tells a later one without importing it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import current_act, db


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Base of all happenings. Public fields hold ids, keys and codes; `private` names those that hold words."""

    tag: ClassVar[str]
    private: ClassVar[frozenset[str]] = frozenset()

    def public_part(self) -> dict[str, Any]:
        """The fields that the chained row shows."""
        return {name: value for name, value in asdict(self).items() if name not in self.private}

    def private_part(self) -> dict[str, Any]:
        """The fields that lie beside the chain and can be erased: reasons, addresses."""
        return {name: value for name, value in asdict(self).items() if name in self.private and value not in (None, "")}


H = TypeVar("H", bound=Happening)


@dataclass(frozen=True)
class Recorded:
    """One happening with who, when and from where."""

    happening: Happening
    by: Actor
    at: datetime
    address: str | None


_KINDS: dict[str, type[Happening]] = {}
_LISTENERS: dict[type[Happening], list[Callable[[Any, Actor], None]]] = defaultdict(list)
_addresses: list[Callable[[], str | None]] = []
_writers: list[Callable[..., None]] = []


def happening(kind: type[H]) -> type[H]:
    """Register a kind. Raises ValueError for a double tag, a missing docstring or a tag not `stage:thing:done`."""
    if not kind.__doc__ or kind.__doc__.startswith(f"{kind.__name__}("):
        raise ValueError(f"{kind.__name__} needs a docstring: it is shown in the history")
    if kind.tag.count(":") != 2 or kind.tag in _KINDS:
        raise ValueError(f"{kind.__name__}: the tag {kind.tag!r} is taken or not stage:thing:done")
    if unknown := kind.private - {each.name for each in fields(kind)}:
        raise ValueError(f"{kind.__name__}: private names no field: {sorted(unknown)}")
    _KINDS[kind.tag] = kind
    return kind


def kinds() -> dict[str, type[Happening]]:
    """Tag → kind, every registered one."""
    return dict(_KINDS)


def on(kind: type[H]) -> Callable[[Callable[[H, Actor], None]], Callable[[H, Actor], None]]:
    """Call the decorated function with each happening of this kind, inside the act's transaction."""

    def ask(listener: Callable[[H, Actor], None]) -> Callable[[H, Actor], None]:
        _LISTENERS[kind].append(listener)
        return listener

    return ask


def record(what: Happening, *, by: Actor) -> None:
    """Keep a happening for the chain and tell those who asked. Raises WriteOutsideTransaction outside an act."""
    act = current_act(db.session())
    if not act.happenings:
        act.before_commit.extend(_writers)
    address = _addresses[0]() if _addresses else None
    act.happenings.append(Recorded(what, by, clock.now(), address))
    for listener in _LISTENERS[type(what)]:
        listener(what, by)


def writes_happenings(writer: Callable[..., None]) -> Callable[..., None]:
    """Declare what numbers and stores the act's happenings just before its commit (the audit chain)."""
    _writers[:] = [writer]
    return writer


def finds_address(finder: Callable[[], str | None]) -> Callable[[], str | None]:
    """Declare how the caller's network address is found (the web part does)."""
    _addresses[:] = [finder]
    return finder
