"""Devanagari: the Hunterian spelling of India's papers, and the libraries' (IAST) without its marks."""

import re
from functools import cache, lru_cache

from panel_app.names.lists import words_of

_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "chh",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
            "l",
        ],
        strict=True,
    )
)
_IAST = _CONSONANTS | {"च": "c", "छ": "ch", "श": "s", "ष": "s"}
_NUKTA = {"क": "q", "ख": "kh", "ग": "gh", "ज": "z", "ड": "r", "ढ": "rh", "फ": "f"}
_VOWELS = dict(zip("अआइईउऊऋएऐओऔऑ", ["a", "a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o"], strict=True))
_SIGNS = dict(zip("ािीुूृेैोौॉ", ["a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o"], strict=True))
_MARKS = {"ं": "n", "ँ": "n", "ः": "h", "ऽ": ""}
_VIRAMA, _DOT = "्", "़"
_FOLDS = (
    ("chh", "c"), ("ksh", "ks"), ("x", "ks"), ("sh", "s"), ("ch", "c"), ("th", "t"), ("dh", "d"), ("bh", "b"),
    ("kh", "k"), ("gh", "g"), ("jh", "j"), ("ph", "f"), ("rh", "r"), ("w", "v"), ("z", "j"), ("q", "k"), ("ri", "r"),
    ("ru", "r"), ("aa", "a"), ("ee", "i"), ("ii", "i"), ("oo", "u"), ("uu", "u"), ("ou", "o"), ("au", "o"), ("ov", "o"),
    ("erj", "rj"), ("eo", "ev"), ("dur", "dr"), ("ai", "e"), ("ay", "e"), ("ei", "e"), ("ey", "e"), ("y", "i"),
)  # fmt: skip


def is_written(word: str) -> bool:
    """Say whether a word has Devanagari letters."""
    return any("ऀ" <= letter <= "ॿ" for letter in word)


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """Return the word by each romanisation, with and without the vowels that are not spoken."""
    found = {_spelt(word, table, last=last) for table in (_CONSONANTS, _IAST) for last in (True, False)}
    found |= {re.sub(r"(?<=[aeiou])([^aeiouh]h?)a(?=[^aeiou]h?[aeiou])", r"\1", one) for one in tuple(found)}
    more = {one.replace(old, new) for one in found for old, new in _ALSO}
    return frozenset(one for one in found | more if one.isascii())


_ALSO = (
    ("v", "w"),
    ("ksh", "x"),
    ("ks", "x"),
    ("i", "ee"),
    ("u", "oo"),
    ("au", "ow"),
    ("au", "ou"),
    ("ph", "f"),
    ("nh", "ngh"),
    ("jn", "gy"),
    ("jn", "dny"),
)


def _spelt(word: str, consonants: dict[str, str], *, last: bool) -> str:
    """Write the letters; a consonant has an a unless a vowel sign or a virama follows; `last`: at the end too."""
    out: list[str] = []
    letters = word.replace("‌", "").replace("‍", "")
    for place, letter in enumerate(letters):
        following = letters[place + 1 : place + 2]
        if letter in consonants:
            dotted = following == _DOT
            out.append(_NUKTA.get(letter, consonants[letter]) if dotted else consonants[letter])
            after = letters[place + 2 : place + 3] if dotted else following
            if after not in _SIGNS and after != _VIRAMA and (after or last):
                out.append("a")
        else:
            out.append(_VOWELS.get(letter) or _SIGNS.get(letter) or _MARKS.get(letter, ""))
    return "".join(out)


@lru_cache(maxsize=65536)
def fold(latin: str) -> str:
    """Return one spelling for all romanisations: aspirates and long vowels are plain, an a counts only in front."""
    if len(latin) > 4:
        latin = latin.removesuffix("a")
    for old, new in _FOLDS:
        latin = latin.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", latin[:1] + latin[1:].replace("a", ""))


@lru_cache(maxsize=65536)
def looks(latin: str) -> bool:
    """Say whether a Latin word is a spelling of a known name of India or Nepal, by its fold."""
    return fold(latin) in _folds_known()


def is_known(latin: str) -> bool:
    """Say whether a Latin word is a known name of India or Nepal, as spelt by a romanisation."""
    return latin in _known()


@cache
def _folds_known() -> frozenset[str]:
    return frozenset(key for one in _known() if len(key := fold(one)) > 2)


@cache
def _known() -> frozenset[str]:
    spelt = (spellings(word) if is_written(word) else {word} for word in words_of("indic"))
    return frozenset(one for each in spelt for one in each)
