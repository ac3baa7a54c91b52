"""Names of people in texts: where they stand, in any order, script and short form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from panel_app.names.letters import Word, spellings, words
from panel_app.names.likeness import Likeness
from panel_app.names.people import PersonName, nicknames, parts

LONGEST_NAME = 8
"""Words of a text that one name may take."""
_Hit = tuple[tuple[Word, ...], Likeness]


@dataclass(frozen=True)
class Found:
    """A name found in a text: which name, how alike, the words as written and where (`text[start:end]`)."""

    name: str
    likeness: Likeness
    words: str
    start: int
    end: int


def names_in_text(text: str, names: Iterable[str]) -> tuple[Found, ...]:
    """Find people's names in a text, in order of place.

    Exact: the whole name, given or family names first. Likely: middle names left out, a pet form, or initials with the
    family name, each with a capital. A name of a single word is not looked for, as it may be any word.
    """
    found = {hit for name in names for hit in _hits(text, name)}
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.name, hit.end)))


@lru_cache(maxsize=64)
def _index(text: str) -> tuple[Word, ...]:
    """Keep the words of the last texts: each is asked for many people."""
    return tuple(words(text))


def _hits(text: str, name: str) -> Iterator[Found]:
    forms = _forms(name)
    beginnings = {form[:length] for form in forms for length in range(1, len(form) + 1)}
    index = _index(text) if forms else ()
    for place, word in enumerate(index):
        hit = _hit(index[place : place + LONGEST_NAME], beginnings, forms) if word.plain in beginnings else None
        if hit is None:
            continue
        found, likeness = hit
        if likeness is Likeness.EXACT or not any(text[word.start].islower() for word in found):
            start, end = found[0].start, found[-1].end
            yield Found(name, likeness, text[start:end], start, end)


def _hit(ahead: tuple[Word, ...], beginnings: set[str], forms: dict[str, Likeness]) -> _Hit | None:
    """Return the words and the likeness of the longest form that the words ahead begin with, or None."""
    joined, best = "", None
    for count, word in enumerate(ahead, 1):
        joined += word.plain
        if joined not in beginnings:
            break
        if joined in forms:
            best = (ahead[:count], forms[joined])
    return best


@lru_cache(maxsize=4096)
def _forms(text: str) -> dict[str, Likeness]:
    """Return the ways to write a name, without spaces, each with what it is worth."""
    likely: set[str] = set()
    exact: set[str] = set()
    for name in map(parts, sorted(spellings(text))):
        if name.given and name.family:
            given, family = "".join(name.given), "".join(name.family)
            exact |= {given + family, family + given}
            likely |= {form for other in _short_forms(name) for form in (other + family, family + other)}
    return dict.fromkeys(sorted(likely), Likeness.LIKELY) | dict.fromkeys(sorted(exact), Likeness.EXACT)


def _short_forms(name: PersonName) -> set[str]:
    first = name.given[0]
    initials = "".join(given[0] for given in name.given)
    return {first, first[0], initials, *nicknames(first), *name.nickname}
