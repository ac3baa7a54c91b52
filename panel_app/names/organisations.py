"""Names of organisations: whether two are one."""

import re
from functools import lru_cache

from cleanco import basename
from rapidfuzz.fuzz import token_sort_ratio

from panel_app.names.letters import plain
from panel_app.names.likeness import N_, Match, exact, likely, no_match

ALMOST_ALIKE = 92
"""Likeness in per cent from which two spellings are shown to a person; below it are mostly different organisations."""
SHORTEST_ACRONYM = 3
_BRACKETS = re.compile(r"\([^()]*\)")
_JOINING = frozenset({"the", "and", "und", "et"})
_SMALL_WORDS = frozenset({"the", "and", "of", "for", "de", "der", "la", "und", "et"})


@lru_cache(maxsize=4096)
def normal_organisation(text: str) -> str:
    """Return the one spelling by which equal organisations are found: plain, without legal form, "the" and brackets.

    A name that is nothing but a legal form (AB) is kept as it is.
    """
    name = _BRACKETS.sub(" ", text).strip()
    while (shorter := basename(name)) != name:
        name = shorter
    short = " ".join(word for word in plain(name).split() if word not in _JOINING)
    return short or plain(text)


def same_organisation(a: str, b: str) -> Match:
    """Compare two names of organisations as written. Symmetric; exact when only legal form and punctuation differ."""
    one, other = normal_organisation(a), normal_organisation(b)
    if not one or not other:
        return no_match(N_("One of the organisations is empty."), a, b)
    if one.replace(" ", "") == other.replace(" ", ""):
        return exact(N_("“%(a)s” and “%(b)s” are the same organisation."), a, b)
    if _is_acronym(one, other) or _is_acronym(other, one):
        return likely(N_("“%(a)s” and “%(b)s” may be short and long form."), a, b)
    if token_sort_ratio(one, other) >= ALMOST_ALIKE:
        return likely(N_("“%(a)s” and “%(b)s” are spelt almost alike."), a, b)
    return no_match(N_("“%(a)s” and “%(b)s” are different organisations."), a, b)


def _is_acronym(short: str, long: str) -> bool:
    words = [word for word in long.split() if word not in _SMALL_WORDS]
    return len(words) >= SHORTEST_ACRONYM and short == "".join(word[0] for word in words)
