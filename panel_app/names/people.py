"""Names of people: their parts, and whether two names may be of one person."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from jellyfish import damerau_levenshtein_distance
from nameparser import HumanName
from nicknames import NickNamer

from panel_app.names.letters import plain, spellings
from panel_app.names.likeness import N_, Match, exact, likely, no_match

LONG_ENOUGH_FOR_A_SLIP = 9
"""Letters of a whole name from which one wrong letter is taken for a slip: in shorter names it is another name."""


@dataclass(frozen=True)
class PersonName:
    """The parts of a name in plain spelling, titles and degrees left out."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    nickname: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Given names, then family names."""
        return self.given + self.family

    @property
    def joined(self) -> str:
        """All names without spaces, so that Wei-Ling, Wei Ling and Weiling are one."""
        return "".join(self.all)


@lru_cache(maxsize=4096)
def parts(text: str) -> PersonName:
    """Split a name as written ("Dr. Tan, Wei-Ling") into parts. A text without letters gives a name without parts."""
    parsed = HumanName(text)
    given = plain(f"{parsed.first} {parsed.middle}").split()
    family = plain(parsed.last).split()
    if not given and len(family) > 1:
        family, given = family[:1], family[1:]
    return PersonName(tuple(given), tuple(family), tuple(plain(parsed.nickname).split()))


def normal_name(text: str) -> str:
    """Return the one spelling by which equal names are found: plain, given names first, no titles."""
    return " ".join(parts(text).all)


def same_name(a: str, b: str) -> Match:
    """Compare two names as written. Symmetric; exact when only script, accents, hyphens or titles differ."""
    forms = list(product(_variants(a), _variants(b)))
    if not all(one.all and other.all for one, other in forms):
        return no_match(N_("One of the names is empty."), a, b)
    if any(one.joined == other.joined for one, other in forms):
        return exact(N_("“%(a)s” and “%(b)s” are the same name."), a, b)
    for alike, why in _TESTS:
        if any(alike(one, other) for one, other in forms):
            return likely(why, a, b)
    return no_match(N_("“%(a)s” and “%(b)s” are different names."), a, b)


def are_nicknames(a: str, b: str) -> bool:
    """Say whether one plain given name is a known short or pet form of the other (bob, robert)."""
    return b in _nicknamer().nicknames_of(a) or a in _nicknamer().nicknames_of(b)


def nicknames(given: str) -> frozenset[str]:
    """Return the known short and pet forms of a plain given name, and the names that it is a form of."""
    return frozenset(_nicknamer().nicknames_of(given) | _nicknamer().canonicals_of(given))


@cache
def _nicknamer() -> NickNamer:
    return NickNamer()


def _variants(text: str) -> set[PersonName]:
    """Return the parts of every spelling; a quoted nickname gives a name of its own."""
    found = {parts(spelling) for spelling in spellings(text)}
    return found | {PersonName(name.nickname, name.family) for name in found if name.nickname}


def _in_another_order(a: PersonName, b: PersonName) -> bool:
    """Compare turned round (Tan Wei Ling, Wei-Ling Tan) and shuffled."""
    return bool(_turns(a) & _turns(b)) or sorted(a.all) == sorted(b.all)


def _turns(name: PersonName) -> set[str]:
    return {"".join(name.all[i:] + name.all[:i]) for i in range(len(name.all))}


def _shortened(a: PersonName, b: PersonName) -> bool:
    """Find for every name of the shorter its own in the longer: itself, an initial, a pet form; a family name stays."""
    short, long = sorted((a, b), key=lambda name: (len(name.all), name.all))
    if len(short.all) < 2 or not set(short.family) & set(long.all) or not set(long.family) & set(short.all):
        return False
    left = list(long.all)
    for name in sorted(short.all, key=len, reverse=True):
        taken = next((other for fits in _FITS for other in left if fits(name, other)), None)
        if taken is None:
            return False
        left.remove(taken)
    return True


def _slipped(a: PersonName, b: PersonName) -> bool:
    """Look for one letter wrong, missing or swapped in a long name."""
    one, other = a.joined, b.joined
    return (
        min(len(one), len(other)) >= LONG_ENOUGH_FOR_A_SLIP
        and abs(len(one) - len(other)) <= 1
        and damerau_levenshtein_distance(one, other) == 1
    )


def _is_initial(a: str, b: str) -> bool:
    return 1 in (len(a), len(b)) and a[0] == b[0]


_FITS = (str.__eq__, are_nicknames, _is_initial)
_TESTS = (
    (_in_another_order, N_("“%(a)s” and “%(b)s” are the same names in another order.")),
    (_shortened, N_("“%(a)s” and “%(b)s” differ only by a short form, an initial or a name left out.")),
    (_slipped, N_("“%(a)s” and “%(b)s” differ by one letter.")),
)
