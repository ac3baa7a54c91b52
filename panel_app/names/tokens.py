"""The words of names, whatever their script: when two are the same word."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from anyascii import anyascii
from nicknames import NickNamer

from panel_app.names.lists import groups_of, is_common_given, is_common_surname, words_of
from panel_app.names.romanising import arabic, chinese, cyrillic, devanagari, greek

Looks = Callable[[str], bool]
LATIN = "latin"
SYLLABLES = "syllables"
"""Korean and Japanese: compared as written, or by the plain romanisation."""
SHORTEST_FOLD = 3
_NOT_LETTER = re.compile(r"[^a-z]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe", "đ": "dj"})
_WRITTEN_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
_ABD = re.compile(r"^abd(?:[aeiou]+[lrnsztd]|ou[lrnsztd])?(?=[a-z]{3})")
_PATRONYMIC = re.compile(r"(?:[oe]vich|[oe]vych|[oe]vna|ichna|[oy]ivna|yich|iovych)$")
_FOLDING = (("cyrillic", cyrillic), ("greek", greek), ("devanagari", devanagari))


@dataclass(frozen=True)
class Token:
    """A word of a name.

    `keys` are its Latin spellings, `native` the word as its own script writes it (empty in Latin letters).
    `origins`: scripts from which the whole name, in Latin letters, seems to come.
    """

    keys: frozenset[str]
    script: str = LATIN
    native: str = ""
    origins: frozenset[str] = frozenset()

    @property
    def is_initial(self) -> bool:
        """Say whether there is one letter only."""
        return self.script == LATIN and all(len(key) == 1 for key in self.keys)


def script_of(word: str) -> str:
    """Return the script of a word that is all in one."""
    for name, module in (*_FOLDING, ("arabic", arabic), ("chinese", chinese)):
        if module.is_written(word):
            return name
    is_syllables = any(unicodedata.name(letter, "").startswith(("HANGUL", "KATAKANA", "HIRAGANA")) for letter in word)
    return SYLLABLES if is_syllables else LATIN


@lru_cache(maxsize=65536)
def token(word: str, *, surname: bool = False) -> Token | None:
    """Read a word without spaces and hyphens; None where no letter is left."""
    script = script_of(word)
    if script == "chinese":
        native = chinese.simplified(word)
        return Token(chinese.spellings(native, surname=surname), script, native)
    if script == "arabic":
        native = _abd_in_arabic(arabic.letters(word))
        return Token(frozenset(), script, native) if native else None
    if script in ("cyrillic", "greek", "devanagari"):
        keys = dict(_FOLDING)[script].spellings(word)
        return Token(keys, script, word.lower()) if keys else None
    keys = latin_keys(word)
    native = unicodedata.normalize("NFKC", word) if script == SYLLABLES else ""
    return Token(keys, script, native) if keys else None


@lru_cache(maxsize=65536)
def latin_keys(word: str) -> frozenset[str]:
    """Return the plain spellings of a Latin word: without accents, and with umlauts written out or not."""
    small = unicodedata.normalize("NFKC", word).lower()
    found = {_NOT_LETTER.sub("", anyascii(one).lower()) for one in (small, small.translate(_UMLAUTS))}
    found |= {one.replace(old, new) for one in tuple(found) for old, new in _WRITTEN_OUT if len(one) > 4}
    found |= {"mac" + one[2:] for one in tuple(found) if one.startswith("mc") and len(one) > 4}
    found |= {_ABD.sub("abd", one) for one in tuple(found) if one.startswith("abd")}
    found |= {one[2:] for one in tuple(found) if one[:2] in ("al", "el") and len(one) > 5 and arabic.looks(one[2:])}
    return frozenset(one for one in found if one)


def origins_of(words: tuple[Token, ...]) -> frozenset[str]:
    """Return the scripts from which a name in Latin letters seems to come, by a given name that English hasn't."""
    found = {origin for word in words for origin in word.origins}
    foreign = [
        key
        for word in words
        for key in word.keys
        if not _nicknamer().canonicals_of(key) | _nicknamer().nicknames_of(key)
    ]
    found |= {
        name
        for name, looks in (("arabic", arabic.looks), ("devanagari", devanagari.is_known))
        if any(map(looks, foreign))
    }
    return frozenset(found)


def joined(tokens: tuple[Token, ...]) -> Token:
    """Return some words as one (Wei Ling, Weiling)."""
    if len(tokens) == 1:
        return tokens[0]
    keys = frozenset("".join(parts) for parts in product(*(sorted(one.keys)[:6] for one in tokens)))
    scripts = {one.script for one in tokens}
    native = "".join(one.native for one in tokens)
    return Token(keys, tokens[0].script if len(scripts) == 1 else LATIN, native, tokens[0].origins)


@lru_cache(maxsize=262144)
def same_token(a: Token, b: Token) -> bool:
    """Say whether two words are one: as written, or as romanised. Initials are nobody's word. Symmetric."""
    if a.is_initial or b.is_initial:
        return False
    if a.script == b.script and a.native and a.script in ("chinese", SYLLABLES, "arabic"):
        return a.native == b.native
    if a.keys & b.keys:
        return True
    return any(_meet(a, b, script) for script in {a.script, b.script} - {LATIN, SYLLABLES}) or (
        a.script == b.script == LATIN and _romanised_alike(a, b)
    )


def _meet(a: Token, b: Token, script: str) -> bool:
    """Compare a native word with a Latin one by the fold of its script."""
    if a.script != script:
        a, b = b, a
    if LATIN not in (a.script, b.script):
        return False
    if script == "arabic":
        fits = arabic.pattern(a.native)
        spelt = (one for key in b.keys for one in arabic.with_and_without_article(key))
        return any(arabic.fold(key) in arabic.consonants(a.native) and fits.fullmatch(key) for key in spelt)
    if script == "chinese":
        return any(chinese.folds(key) & a.keys for key in b.keys)
    return bool(_folds(a, script) & _folds(b, script))


def _romanised_alike(a: Token, b: Token) -> bool:
    """Compare two Latin spellings of what may be one word of another script."""
    for script, module in _FOLDING:
        if (
            _folds(a, script) & _folds(b, script)
            and _seems(a, script, module.looks)
            and _seems(b, script, module.looks)
        ):
            return True
    if "chinese" in a.origins & b.origins:
        return any(chinese.folds(one) & chinese.folds(other) for one in a.keys for other in b.keys)
    if not all(_seems(each, "arabic", arabic.looks) for each in (a, b)):
        return False
    arabs = [[one for key in each.keys for one in arabic.with_and_without_article(key)] for each in (a, b)]
    return any(arabic.same_latin(one, other) for one in arabs[0] for other in arabs[1])


def _seems(word: Token, script: str, looks: Looks) -> bool:
    """Say whether a Latin word comes from a script, by itself or by the name in which it stands."""
    return script in word.origins or any(looks(key) for key in word.keys)


@lru_cache(maxsize=131072)
def _folds(word: Token, script: str) -> frozenset[str]:
    fold = dict(_FOLDING)[script].fold
    return frozenset(key for each in word.keys if len(key := fold(each)) >= SHORTEST_FOLD)


@lru_cache(maxsize=131072)
def block_keys(word: Token) -> tuple[frozenset[str], frozenset[str]]:
    """Return two sets of keys: `own` and `met`. Two words that may be the same share one of (own, own), (own, met).

    A Latin word meets native ones by its folds; two Latin words share folds only if they look like the script.
    """
    own = {f"={key}" for key in word.keys} | ({f"={word.native}"} if word.native else set())
    met: set[str] = set()
    for script, module in _FOLDING:
        folds = {f"{script}:{key}" for key in _folds(word, script)}
        (own if word.script == script or _seems(word, script, module.looks) else met).update(folds)
    if word.script == "arabic":
        own |= {f"arabic:{key}" for key in arabic.consonants(word.native)}
    elif word.script == LATIN:
        spelt = (one for key in word.keys for one in arabic.with_and_without_article(key))
        folds = {f"arabic:{arabic.fold(key)}" for key in spelt}
        (own if _seems(word, "arabic", arabic.looks) else met).update(folds)
        chinas = {f"chinese:{key}" for each in word.keys for key in chinese.folds(each)}
        (own if "chinese" in word.origins else met).update(chinas)
    elif word.script == "chinese":
        own |= {f"chinese:{key}" for key in word.keys}
    return frozenset(own), frozenset(met)


@lru_cache(maxsize=131072)
def is_common(word: Token) -> bool:
    """Say whether a word is a common family name or given name, or a patronymic: it says little about its bearer."""
    if word.script == "arabic":
        return any(_fits_a_common(word.native, key) for key in arabic.consonants(word.native))
    return any(
        is_common_surname(key) or is_common_given(key) or _PATRONYMIC.search(key) or
        (key.endswith(("ova", "eva", "ina")) and is_common_surname(key[:-1]))
        for key in word.keys
    )  # fmt: skip


@lru_cache(maxsize=131072)
def is_common_given_name(word: Token) -> bool:
    """Say whether many people have a given name."""
    if word.script == "arabic":
        return is_common(word)
    return any(len(key) < 3 or is_common_given(key) or is_common_surname(key) for key in word.keys)


def _fits_a_common(native: str, key: str) -> bool:
    return any(arabic.pattern(native).fullmatch(latin) for latin in _common_by_consonants().get(key, ()))


@cache
def _common_by_consonants() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for latin in words_of("common_surnames") | words_of("common_given"):
        found.setdefault(arabic.fold(latin), []).append(latin)
    return found


@lru_cache(maxsize=262144)
def are_short_forms(a: Token, b: Token) -> bool:
    """Say whether one given name is a short, pet or foreign form of the other, or both are of a third."""
    mine, theirs = _forms(a), _forms(b)
    return bool(mine & theirs)


@lru_cache(maxsize=65536)
def _forms(word: Token) -> frozenset[str]:
    """What a given name may be: itself, the names it is short for, and the groups of our own list."""
    found: set[str] = set()
    for key in word.keys:
        longer = _nicknamer().canonicals_of(key)
        found |= {key} | longer
        found |= {f"#{number}" for number in groups_of("given_variants").get(key, ())}
    return frozenset(found)


@cache
def _nicknamer() -> NickNamer:
    return NickNamer()


def _abd_in_arabic(word: str) -> str:
    return "عبد" + word[5:] if word.startswith("عبدال") and len(word) > 6 else word
