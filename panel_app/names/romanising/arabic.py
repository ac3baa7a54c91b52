"""Arabic and Persian letters: short vowels are not written, so consonants are compared, then the vowels that must be.

Both the spelling of passports (Mohamed, El Khatib, Chaker) and that of libraries (Muḥammad, al-Khaṭīb, Shākir) fit.
"""

import re
import unicodedata
from functools import cache, lru_cache

from panel_app.names.lists import words_of

_LETTERS: dict[str, tuple[str, str]] = {
    "ب": ("b", "b|p"), "پ": ("b", "p|b"), "ت": ("t", "t"), "ث": ("t", "th|t|s"), "ج": ("g", "j|g|dj|dzh"),
    "چ": ("c", "ch|tch|tsh"), "ح": ("h", "h"), "خ": ("x", "kh|ch|h|x"), "د": ("d", "d"), "ذ": ("d", "dh|th|d|z"),
    "ر": ("r", "r"), "ز": ("z", "z"), "ژ": ("z", "zh|j"), "س": ("s", "s|c"), "ش": ("c", "sh|ch|s"), "ص": ("s", "s"),
    "ض": ("d", "d|dh|z"), "ط": ("t", "t"), "ظ": ("z", "z|dh|d"), "ع": ("", "[aeiou]?"), "غ": ("g", "gh|g"),
    "ف": ("f", "f|ph"), "ق": ("k", "q|k|g|c"), "ك": ("k", "k|c"), "ک": ("k", "k|c"), "گ": ("g", "g"), "ل": ("l", "l"),
    "م": ("m", "m"), "ن": ("n", "n"), "ه": ("h", "h"), "ة": ("", "a|ah|at|e|eh|et|h"),
    "و": ("", "w|v|ou|oo|u|o|au|aw|ow"), "ي": ("", "y|i|ee|ei|ai|ay|ey|iy|e"), "ی": ("", "y|i|ee|ei|ai|ay|ey|iy|e|a"),
    "ى": ("", "a|y|i|e|ee"), "ا": ("", "a|e|aa"), "أ": ("", "a|o|u|e|i"), "إ": ("", "i|e"), "آ": ("", "a|aa"),
    "ء": ("", ""), "ئ": ("", "i|y|e|a|ii|"), "ؤ": ("", "u|o|w|ou|"), "ـ": ("", ""),
}  # fmt: skip
"""Of each letter: its consonant in the fold, and the ways to write it."""
_FOLDS = (
    ("dzh", "g"), ("tch", "c"), ("tsh", "c"), ("dj", "g"), ("kh", "x"), ("gh", "g"), ("sh", "c"), ("ch", "c"),
    ("th", "t"), ("dh", "d"), ("ph", "f"), ("zh", "z"), ("j", "g"), ("q", "k"), ("p", "b"), ("v", "w"),
)  # fmt: skip
_SHORT = "[aeiou]{0,2}"
_DROPPED = re.compile(r"[aeiouwy']")
_VOWELS = {
    "": "aeiou", "a": "a", "aa": "a", "e": "aei", "i": "ie",
    "ii": "i", "y": "i", "ee": "i", "o": "uo", "u": "u", "ou": "uw",
    "oo": "u", "w": "u", "au": "wuo", "aw": "wuo", "ow": "wuo", "ai": "yiae", "ay": "yiae", "ei": "yiae", "ey": "yiae",
}  # fmt: skip
_ARTICLES = ("ال", "آل")


def is_written(word: str) -> bool:
    """Say whether a word has Arabic letters."""
    return any("؀" <= letter <= "ۿ" or "ݐ" <= letter <= "ݿ" for letter in word)


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """Return a word in Arabic letters without marks, article and the differences that writers make or don't make."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", word) if not unicodedata.combining(letter))
    for article in _ARTICLES:
        if plain.startswith(article) and len(plain) > 4:
            plain = plain[2:]
    return plain.replace("ـ", "").strip("ء")


@lru_cache(maxsize=65536)
def letters(word: str) -> str:
    """Return one spelling in Arabic letters for the forms that writers mix: hamza, ta marbuta, the last ya."""
    return re.sub("[أإآٱ]", "ا", bare(word)).replace("ة", "ه").replace("ى", "ي").replace("ی", "ي").replace("ک", "ك")


@lru_cache(maxsize=65536)
def consonants(word: str) -> frozenset[str]:
    """Return the folds of a word in Arabic letters: a last h may be silent, kh, sh, th may be one letter in Latin."""
    found = {""}
    for place, letter in enumerate(bare(word)):
        plain = _LETTERS.get(letter, ("", ""))[0]
        others = {"خ": ("x", "h", "c"), "ش": ("c", "s"), "ث": ("t", "s"), "ذ": ("d", "t", "z"), "ض": ("d", "z"),
                  "ظ": ("z", "d"), "ق": ("k", "g")}.get(letter, (plain,))  # fmt: skip
        if letter == "ه" and place == len(bare(word)) - 1:
            others = ("", "h")
        found = {one + other for one in found for other in others}
    return frozenset(re.sub(r"(.)\1+", r"\1", one) for one in found)


@lru_cache(maxsize=65536)
def pattern(word: str) -> re.Pattern[str]:
    """Return what a Latin spelling of a word in Arabic letters must look like: its long vowels stand."""
    plain = bare(word).replace("عبدال", "عبدل")
    plain = plain[:-1] + "ة" if plain.endswith("ه") else plain
    inside = "".join(f"(?:{_twice(_LETTERS[letter][1])}){_SHORT}" for letter in plain if letter in _LETTERS)
    return re.compile(f"{_SHORT}{inside}h?")


def _twice(ways: str) -> str:
    doubled = (one + one for one in ways.split("|") if len(one) == 1 and one not in "aeiouhwy")
    return "|".join((*ways.split("|"), *doubled))


@lru_cache(maxsize=65536)
def fold(latin: str) -> str:
    """Return the consonants of a Latin word, as they would stand in Arabic letters."""
    for old, new in _FOLDS:
        latin = latin.replace(old, new)
    if latin[-1:] == "h" and len(latin) > 2:
        latin = latin[:-1]
    return re.sub(r"(.)\1+", r"\1", _DROPPED.sub("", re.sub(r"c(?=[aeiou])|c$", "c", latin)))


def with_and_without_article(latin: str) -> tuple[str, ...]:
    """Return a Latin word, and without the article if it begins like one (Alzahrani, Zahrani)."""
    return (latin, latin[2:]) if latin[:2] in ("al", "el") and len(latin) > 6 else (latin,)


@lru_cache(maxsize=65536)
def same_latin(a: str, b: str) -> bool:
    """Say whether two Latin spellings may be of one Arabic word: equal consonants, and vowels that can be the same."""
    return fold(a) == fold(b) and len(_vowels(a)) == len(_vowels(b)) and all(
        set(_VOWELS.get(one, one)) & set(_VOWELS.get(other, other))
        for one, other in zip(_vowels(a), _vowels(b), strict=True)
    )  # fmt: skip


def _vowels(latin: str) -> list[str]:
    """The vowels before, between and after the consonants."""
    for old, new in _FOLDS:
        latin = latin.replace(old, new)
    latin = re.sub(r"([^aeiouyw])\1+", r"\1", re.sub(r"h$", "", latin))
    return re.split(r"[^aeiouyw]", latin)


@lru_cache(maxsize=65536)
def looks(latin: str) -> bool:
    """Say whether a Latin word is a spelling of a known Arabic name."""
    return any(pattern(known).fullmatch(latin) for known in _known().get(fold(latin), ()))


@cache
def _known() -> dict[str, list[str]]:
    """Known names by their consonants; a pattern is made when it is first asked for."""
    found: dict[str, list[str]] = {}
    for word in words_of("arabic"):
        for key in consonants(word):
            found.setdefault(key, []).append(word)
    return found
