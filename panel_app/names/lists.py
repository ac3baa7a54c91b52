"""The lists of names that come with this package; data/README.md says where they are from."""

from functools import cache
from importlib.resources import files


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(_text(name).split())


@cache
def lines_of(name: str) -> frozenset[str]:
    """Return the lines of a list: entries of several words."""
    return frozenset(_text(name).splitlines())


@cache
def groups_of(name: str) -> dict[str, frozenset[int]]:
    """Return the groups, by number, in which each word of a list of groups stands."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_text(name).splitlines()):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def is_common_surname(latin: str) -> bool:
    """Say whether a surname in small Latin letters says little about who bears it."""
    return latin in words_of("common_surnames")


def is_common_given(latin: str) -> bool:
    """Say whether many people have this given name, in small Latin letters."""
    return latin in words_of("common_given")


def _text(name: str) -> str:
    return (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
