"""Registries of small rules: one file per rule, found by importing a folder.

A rule without a docstring and a second rule of the same name stop the start.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """What a registry holds: an entry with the name that is stored and shown in addresses."""

    @property
    def name(self) -> str:
        """The entry's name, unique in its registry."""


E = TypeVar("E", bound=Named)


class Registry(Generic[E]):
    """Entries by name, in order of name: so that nothing depends on the order of imports.

    With a `folder` (a package's dotted name) every module in it is imported at the first look, at the latest.
    """

    def __init__(self, kind: str, folder: str | None = None) -> None:
        """Start empty; `kind` names the entries in errors ("conflict detector")."""
        self.kind = kind
        self._folder = folder
        self._entries: dict[str, E] = {}

    def add(self, entry: E) -> E:
        """Add an entry and return it. Raises ValueError for a name that is taken."""
        if entry.name in self._entries:
            raise ValueError(f"two {self.kind}s are called {entry.name!r}")
        self._entries[entry.name] = entry
        return entry

    def remove(self, name: str) -> None:
        """Take an entry out again: for a test that added one of its own."""
        del self._entries[name]

    def load(self) -> None:
        """Import every module in the folder, so that one new file is enough. Stages call it when the app starts."""
        if self._folder is not None:
            package = importlib.import_module(self._folder)
            for module in pkgutil.iter_modules(package.__path__, f"{self._folder}."):
                importlib.import_module(module.name)
            self._folder = None

    def _loaded(self) -> dict[str, E]:
        self.load()
        return self._entries

    def __getitem__(self, name: str) -> E:
        """Return the entry of that name. Raises KeyError."""
        return self._loaded()[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is an entry of that name."""
        return name in self._loaded()

    def __iter__(self) -> Iterator[E]:
        """Yield the entries in order of name."""
        return iter([entry for _, entry in sorted(self._loaded().items())])

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._loaded())


def page_text(rule: object, kind: str) -> str:
    """Return the first paragraph of a rule's docstring on one line: the text on the page.

    Raises ValueError when there is none.
    """
    first = (inspect.getdoc(rule) or "").partition("\n\n")[0]
    text = " ".join(first.split())
    if not text:
        raise ValueError(
            f"the {kind} {getattr(rule, '__name__', rule)!r} needs a docstring: it is the text on its page"
        )
    return text
