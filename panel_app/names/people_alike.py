"""Whether two names may be of one person: how much of them agrees, and how much that says."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import combinations, pairwise, permutations

from panel_app.names.tokens import (
    Token,
    are_short_forms,
    block_keys,
    is_common,
    is_common_given_name,
    joined,
    same_token,
)
from panel_app.names.written import Written, readings


class Agreement(IntEnum):
    """How two names agree, the closest last.

    FAMILY: an unusual family name alone. TWO_PEOPLE: alike, but a middle name, a second family name, the generation or
    the characters contradict. COMMON: in full, but many have that name. INITIAL, SHORT, FULL: an unusual name, with an
    initial, a short form, or in full.
    """

    NONE = 0
    FAMILY = 1
    TWO_PEOPLE = 2
    COMMON = 3
    INITIAL = 4
    SHORT = 5
    FULL = 6

    @property
    def is_close(self) -> bool:
        """Say whether a person should look: it is more than a note."""
        return self >= Agreement.INITIAL


def agreement(a: str, b: str) -> Agreement:
    """Compare two names as written. Symmetric."""
    return _agreement(*sorted((a, b)))


@lru_cache(maxsize=131072)
def _agreement(a: str, b: str) -> Agreement:
    mine, theirs = readings(a), readings(b)
    best = max((_compared(one, other) for one in mine for other in theirs), default=Agreement.NONE)
    if best > Agreement.TWO_PEOPLE and are_two_in_characters([a], [b]):
        return Agreement.TWO_PEOPLE
    return best


def closest(mine: Iterable[str], theirs: Iterable[str]) -> tuple[Agreement, str, str]:
    """Return the closest agreement of two lists of names, with the two names; ties by the names themselves."""
    others = sorted(set(theirs))
    found = [(agreement(a, b), a, b) for a in sorted(set(mine)) for b in others]
    return max(found, key=lambda each: each[0], default=(Agreement.NONE, "", ""))


def are_two_in_characters(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Say whether both give names in characters, and none of them is the same."""
    one, other = _natives(mine), _natives(theirs)
    return bool(one and other) and not one & other


def _natives(names: Iterable[str]) -> set[str]:
    return {each.native for name in names for each in readings(name) if each.native}


def _compared(a: Written, b: Written) -> Agreement:
    if a.native and b.native:
        return _same_characters(a, b)
    if a.generation and b.generation and a.generation != b.generation:
        return min(_best(a, b), Agreement.TWO_PEOPLE)
    return _best(a, b)


def _same_characters(a: Written, b: Written) -> Agreement:
    if a.native != b.native:
        return Agreement.NONE
    return Agreement.COMMON if all(map(is_common, a.words)) else Agreement.FULL


def _best(a: Written, b: Written) -> Agreement:
    if len(a.words) == 1 and len(b.words) == 1:
        return Agreement.COMMON if same_token(a.words[0], b.words[0]) else Agreement.NONE
    found = [_in_order(one, other, turned=False) for one in _canonical(a) for other in _canonical(b)]
    if not (_has_a_stranger(a, b) and _has_a_stranger(b, a)):
        found += [_in_order(one, b, turned=True) for one in _turns(a)]
        found += [_in_order(a, one, turned=True) for one in _turns(b)]
        found.append(_shuffled(a, b))
    return max(found, default=Agreement.NONE)


def _canonical(name: Written) -> list[Written]:
    """An initial at the end shows that the family name stands first."""
    last = max((place for place, word in enumerate(name.words) if not word.is_initial), default=-1)
    if name.family is not None or last < 0:
        return [name]
    words = name.words[last + 1 :] + name.words[: last + 1]
    return [Written(words, None, name.native, name.generation)]


def _turns(name: Written) -> Iterator[Written]:
    """Readings with the family name first: its words go to the end."""
    if name.family is None and len(name.words) <= 5:
        for place in range(1, len(name.words)):
            yield Written(
                name.words[place:] + name.words[:place], len(name.words) - place, name.native, name.generation
            )


def _has_a_stranger(a: Written, b: Written) -> bool:
    """Say whether a word of one name is no word of the other, nor an initial or a form of one, nor in two of them."""
    others = (*b.words, *(joined(two) for two in pairwise(b.words)))
    whole = (*a.words, *(joined(two) for two in pairwise(a.words)))
    known = [any(_how(word, other) is not Agreement.NONE for other in others) for word in whole]
    alone = known[: len(a.words)]
    pairs = known[len(a.words) :]
    covered = [each or any(pairs[max(place - 1, 0) : place + 1]) for place, each in enumerate(alone)]
    return not all(covered)


def _shuffled(a: Written, b: Written) -> Agreement:
    """The same words in any order."""
    if not 2 <= len(a.words) == len(b.words) <= 5 or any(word.is_initial for word in a.words + b.words):
        return Agreement.NONE
    if not any(all(map(same_token, a.words, order)) for order in permutations(b.words)):
        return Agreement.NONE
    return Agreement.COMMON if _may_be_common(a) or _may_be_common(b) else Agreement.FULL


def _may_be_common(name: Written) -> bool:
    """Say whether all words are common ones: so is the whole name, unless it has two family names and more."""
    return all(is_common(word) or word.is_initial for word in name.words)


def _in_order(a: Written, b: Written, *, turned: bool) -> Agreement:
    """Look for one family name in both, and compare what stands before and after it."""
    best = Agreement.NONE
    for start, end in _anchors(a):
        for from_, to in _anchors(b):
            mine, theirs = joined(a.words[start:end]), joined(b.words[from_:to])
            if same_token(mine, theirs):
                sides = (a.words[:start], b.words[:from_]), (a.words[end:], b.words[to:])
                best = max(best, _around(mine, theirs, *sides, turned=turned))
    return best


def _anchors(name: Written) -> list[tuple[int, int]]:
    """Where a family name may stand: one word or two, never the first given name."""
    count = len(name.words)
    first = name.family if name.family is not None else 1
    return [(start, end) for start in range(max(first, 1), count) for end in (start + 1, start + 2) if end <= count]


Sides = tuple[tuple[Token, ...], tuple[Token, ...]]


def _around(mine: Token, theirs: Token, before: Sides, after: Sides, *, turned: bool) -> Agreement:
    is_rare = not (is_common(mine) or is_common(theirs))
    given = _givens(*before)
    if given is Agreement.NONE:
        return Agreement.FAMILY if is_rare and not turned else Agreement.NONE
    contradicts = given is Agreement.TWO_PEOPLE or _leave_over(*after)
    if contradicts:
        return Agreement.TWO_PEOPLE if is_rare else Agreement.NONE
    if is_rare:
        return given
    if given is not Agreement.FULL:
        return Agreement.NONE
    says_much = all(after) or _is_rare_given(min(before, key=len)) or _a_rare_word_agrees(before, after)
    return Agreement.FULL if says_much else Agreement.COMMON


def _is_rare_given(names: tuple[Token, ...]) -> bool:
    """Say whether given names are unusual; Chinese syllables make one name together."""
    whole = (joined(names),) if "chinese" in names[0].origins else names
    return not any(is_common_given_name(word) for word in whole)


def _a_rare_word_agrees(before: Sides, after: Sides) -> bool:
    return any(
        same_token(one, other) and not is_common(one) and not is_common(other)
        for mine, theirs in (before, after)
        for one in mine
        for other in theirs
    )


def _leave_over(a: tuple[Token, ...], b: tuple[Token, ...]) -> bool:
    """Say whether both sides have words and neither's fit into the other's."""
    if not a or not b or same_token(joined(a), joined(b)):
        return False
    short, long = sorted((a, b), key=len)
    return not all(any(_fit(one, other) for other in long) for one in short)


def _fit(a: Token, b: Token) -> bool:
    return same_token(a, b) or _is_initial_of(a, b)


def _givens(a: tuple[Token, ...], b: tuple[Token, ...]) -> Agreement:
    if not a or not b:
        return Agreement.NONE
    if same_token(joined(a), joined(b)):
        return Agreement.FULL
    short, long = sorted((a, b), key=len)
    left, how = list(long), []
    for one in sorted(short, key=lambda word: word.is_initial):
        taken = max(((_how(one, other), -place) for place, other in enumerate(left)), default=(Agreement.NONE, 0))
        how.append(taken[0])
        if taken[0] is not Agreement.NONE:
            left.pop(-taken[1])
    if Agreement.NONE not in how:
        return Agreement.FULL if Agreement.FULL in how else min(how)
    firsts = _how(short[0], long[0])
    return Agreement.TWO_PEOPLE if firsts is not Agreement.NONE else Agreement.NONE


def _how(a: Token, b: Token) -> Agreement:
    if same_token(a, b):
        return Agreement.FULL
    if _is_initial_of(a, b):
        return Agreement.INITIAL
    return Agreement.SHORT if not (a.is_initial or b.is_initial) and are_short_forms(a, b) else Agreement.NONE


@lru_cache(maxsize=131072)
def _is_initial_of(a: Token, b: Token) -> bool:
    if not (a.is_initial or b.is_initial):
        return False
    return bool({key[0] for key in _spelt(a)} & {key[0] for key in _spelt(b)})


def _spelt(word: Token) -> Iterable[str]:
    return word.keys or _FIRST_ARABIC.get(word.native[:1], ())


_FIRST_ARABIC = {
    "ا": ("a", "i", "u", "e", "o"), "ع": ("a", "i", "u", "e", "o"), "ب": ("b",), "ت": ("t",),
    "ث": ("t",), "ج": ("j", "g"),
    "ح": ("h",), "خ": ("k",), "د": ("d",), "ذ": ("d", "z"), "ر": ("r",), "ز": ("z",), "س": ("s",), "ش": ("s", "c"),
    "ص": ("s",), "ض": ("d",), "ط": ("t",), "ظ": ("z",), "غ": ("g",), "ف": ("f",), "ق": ("q", "k"), "ك": ("k",),
    "ل": ("l",), "م": ("m",), "ن": ("n",), "ه": ("h",), "و": ("w", "o"), "ي": ("y", "i"),
}  # fmt: skip


def name_keys(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of a name as `block_keys` does: names that agree in anything share one.

    An unusual word is a key by itself; a common one only together with another of the name, or a form of it.
    """
    own: set[str] = set()
    met: set[str] = set()
    for reading in readings(name):
        if reading.native:
            own.add(f"native {reading.native}")
        _add_keys(reading, own, met)
    return frozenset(own), frozenset(met)


def _add_keys(reading: Written, own: set[str], met: set[str]) -> None:
    words = [word for word in reading.words if not word.is_initial]
    for word in words:
        mine, theirs = block_keys(word)
        if not is_common(word) or len(reading.words) == 1:
            own |= mine
            met |= theirs
    for two in pairwise(reading.words):
        mine, theirs = block_keys(joined(two))
        own |= {key for key in mine if key.startswith(_OF_JOINED)}
        met |= {key for key in theirs if key.startswith(_OF_JOINED)}
    for one, other in combinations(words, 2):
        both, more = _paired(*block_keys(one), *block_keys(other))
        own |= both
        met |= more


_OF_JOINED = ("=", "chinese:")


def _paired(
    own: frozenset[str], met: frozenset[str], others_own: frozenset[str], others_met: frozenset[str]
) -> tuple[set[str], set[str]]:
    """Keys of two words together, each in the spelling of the same script."""
    both = {f"{min(a, b)}+{max(a, b)}" for a in own for b in others_own if _script(a) == _script(b)}
    every = {f"{min(a, b)}+{max(a, b)}" for a in own | met for b in others_own | others_met if _script(a) == _script(b)}
    return both, every - both


def _script(key: str) -> str:
    return key.partition(":")[0] if ":" in key else "="
