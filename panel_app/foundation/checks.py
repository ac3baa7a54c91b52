"""Invariants of stored data (`panel check`) and the state of an installation (`panel doctor`): registries of both.

An invariant is one function with one query that yields a sentence per broken row; a stage keeps its own in `checks.py`.
"""

from collections.abc import Callable, Iterable

Finder = Callable[[], Iterable[str]]


class Findings:
    """A named list of functions that yield findings."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.found: dict[str, Finder] = {}

    def __call__(self, name: str) -> Callable[[Finder], Finder]:
        """Register under a name. Raises ValueError for a double name or a missing docstring."""

        def register(finder: Finder) -> Finder:
            if not finder.__doc__:
                raise ValueError(f"{self.kind} {name} needs a docstring: it says what must hold")
            if self.found.setdefault(name, finder) is not finder:
                raise ValueError(f"two {self.kind}s are called {name}")
            return finder

        return register

    def run(self) -> Iterable[tuple[str, str]]:
        """Yield (name, sentence) for everything that does not hold."""
        for name, finder in sorted(self.found.items()):
            for sentence in finder():
                yield name, sentence


invariant = Findings("invariant")
diagnosis = Findings("diagnosis")
remark = Findings("remark")
"""What `panel doctor` says beside: what the operator should know of the machine, and that is nothing to mend."""
