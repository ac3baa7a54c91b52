"""Greek: ELOT 743 (passports), and the older spelling by the letters (ALA-LC) that papers use."""

import re
import unicodedata
from functools import lru_cache

_MODERN = {
    "ου": "ou", "αυ": "av", "ευ": "ev", "ηυ": "iv", "γγ": "ng", "γκ": "gk", "γξ": "nx", "γχ": "nch", "μπ": "b",
    "ντ": "nt", "τζ": "tz", "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_CLASSIC = _MODERN | {
    "αυ": "au", "ευ": "eu", "β": "b", "η": "e", "φ": "ph", "μπ": "mp", "γκ": "nk", "υ": "y", "κ": "c", "χ": "ch",
}  # fmt: skip
_POPULAR = _MODERN | {"υ": "i", "χ": "h", "φ": "ph", "μπ": "mp", "ντ": "d", "γκ": "g", "ξ": "ks", "γ": "y"}
_SCHEMES = (_MODERN, _CLASSIC, _POPULAR, _MODERN | {"χ": "h", "υ": "i", "ντ": "d", "γκ": "g", "αυ": "af", "ευ": "ef"},
            _MODERN | {"χ": "kh", "φ": "ph", "μπ": "mp"},
            _MODERN | {"φ": "ph", "μπ": "mp", "ευ": "ef", "αυ": "af"})  # fmt: skip
_PARTS = re.compile("|".join(_MODERN) + "|.")
_FOLDS = (
    ("ph", "f"), ("kh", "h"), ("ch", "h"), ("mp", "b"), ("nt", "d"), ("gk", "g"), ("gg", "g"), ("ng", "g"), ("nk", "g"),
    ("ks", "x"), ("av", "af"), ("au", "af"), ("ev", "ef"), ("eu", "ef"), ("ou", "u"), ("oi", "i"), ("ei", "i"),
    ("y", "i"), ("c", "k"), ("tz", "dz"), ("dj", "dz"),
)  # fmt: skip
_ENDING = re.compile(r"(?:[ao]s|[ei]s|o[uy]|akis|aki|i[d]is|poul?os|poulou|opoulou|ellis|oglou|eas|iou|aiou|idou)$")


def is_written(word: str) -> bool:
    """Say whether a word has Greek letters."""
    return any("Ͱ" <= letter <= "Ͽ" or "ἀ" <= letter <= "῿" for letter in word)


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """Return the word by each romanisation, in small Latin letters, without accents."""
    letters = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    found = {"".join(scheme.get(part, part) for part in _PARTS.findall(plain)) for scheme in _SCHEMES}
    return frozenset(one for one in found if one.isascii())


@lru_cache(maxsize=65536)
def fold(latin: str) -> str:
    """Return one spelling for all romanisations: what sounds alike in Greek of today is one letter."""
    for old, new in _FOLDS:
        latin = latin.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", latin.replace("h", "") if latin[:1] != "h" else "h" + latin[1:].replace("h", ""))


@lru_cache(maxsize=65536)
def looks(latin: str) -> bool:
    """Say whether a Latin word may be romanised Greek, by its ending."""
    return len(latin) > 4 and bool(_ENDING.search(latin))
