"""Cyrillic: BGN/PCGN, passports (ICAO 9303), ISO 9 without accents, and what English, French and German papers use."""

import re
from functools import lru_cache

_BASE = dict(zip("абвгдзиклмнопрстуфыіґ", "abvgdziklmnoprstufyig", strict=True)) | {
    "ь": "", "ъ": "", "’": "", "'": "", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip
_SCHEMES: tuple[dict[str, str], ...] = (
    {"е": "e", "ё": "yo", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "э": "e",
     "ю": "yu", "я": "ya", "є": "ye", "ї": "yi"},
    {"е": "e", "ё": "e", "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "э": "e",
     "ю": "iu", "я": "ia", "є": "ie", "ї": "i", "г": "g", "ъ": "ie"},
    {"е": "e", "ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "э": "e",
     "ю": "u", "я": "a", "є": "e", "ї": "i"},
    {"е": "e", "ё": "e", "ж": "z", "й": "j", "х": "ch", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "э": "e",
     "ю": "ju", "я": "ja", "є": "je", "ї": "ji"},
    {"е": "e", "ё": "o", "ж": "zh", "й": "y", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "э": "e",
     "ю": "yu", "я": "ya", "є": "ye", "ї": "yi", "г": "h", "и": "y"},
    {"е": "je", "ё": "jo", "ж": "sch", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "э": "e",
     "ю": "ju", "я": "ja", "в": "w", "є": "je", "ї": "ji"},
    {"е": "e", "ё": "io", "ж": "j", "й": "i", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "э": "e",
     "ю": "iou", "я": "ia", "у": "ou", "є": "ie", "ї": "i"},
)  # fmt: skip
_SOFT = str.maketrans({"ж": "zh", "ш": "sh", "щ": "shch"})
_FOLDS = (
    ("schtsch", "s"), ("chtch", "s"), ("shch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("shh", "s"),
    ("sh", "s"), ("kh", "h"), ("ch", "c"), ("zh", "z"), ("dj", "dz"), ("ts", "c"), ("tz", "c"), ("x", "ks"),
    ("w", "v"), ("ou", "u"), ("yo", "e"), ("jo", "e"), ("io", "e"), ("ye", "e"), ("je", "e"), ("ie", "e"),
    ("yu", "u"), ("ju", "u"), ("iu", "u"), ("ya", "a"), ("ja", "a"), ("ia", "a"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_ENDING = re.compile(
    r"(?:[oe]v|[oe]va|[iy]n|[iy]na|sk(?:y|yy|iy|ii|ij|i|aya|aia|aja|a)|enko|chuk|czuk|uk|yuk|vich|vych|ych|yan|ian|"
    r"off|eff|aev|yev|iev|ets|its|shvili|adze|iy|ii|ij)$"
)
_LETTERS_OF_IT = re.compile(r"shch|schtsch|zh|kh|ts|yu|ya|iu|ia|yev|oy$|ey$|ei$|iy$|yi|[bdfgklmnpstvz]j")


def is_written(word: str) -> bool:
    """Say whether a word has Cyrillic letters."""
    return any("Ѐ" <= letter <= "ӿ" for letter in word)


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """Return the word by each romanisation, in small Latin letters."""
    small = word.lower().replace("́", "")
    found = set()
    for scheme in _SCHEMES:
        table = _BASE | scheme
        latin = "".join(table.get(letter, letter) for letter in small)
        found |= {latin, re.sub(r"^e", "ye", latin) if small[:1] in "её" else latin}
        found |= {re.sub(end, new, one) for one in tuple(found) for end, new in _ADJECTIVES}
        found |= {one.replace("ks", "x") for one in tuple(found)}
    if "е" in small and "ё" not in small and small.count("е") == 1:
        found |= spellings(small.replace("е", "ё")) if small.endswith("ев") or small.startswith("сем") else set()
    return frozenset(one for one in found if one.isascii())


_ADJECTIVES = ((r"(?:iy|ij|yy|yj|ii|yi)$", "y"), (r"(?:iy|ij|yy|ii)$", "i"), (r"yev$", "ev"), (r"y$", "i"))


@lru_cache(maxsize=65536)
def fold(latin: str) -> str:
    """Return one spelling for all romanisations: hissing sounds and soft vowels become one letter each."""
    for old, new in _FOLDS:
        latin = latin.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"h", "h", latin))


@lru_cache(maxsize=65536)
def looks(latin: str) -> bool:
    """Say whether a Latin word may be romanised Cyrillic: by its ending, or by letters that others hardly use."""
    return len(latin) > 3 and bool(_ENDING.search(latin) or _LETTERS_OF_IT.search(latin))
