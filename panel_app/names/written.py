"""Names as people write them: their words in order, without titles and suffixes, in every way they can be read."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from panel_app.names.lists import is_common_surname, lines_of
from panel_app.names.romanising import chinese
from panel_app.names.tokens import LATIN, SYLLABLES, Token, origins_of, script_of, token

TITLES = lines_of("titles")
SUFFIXES = lines_of("suffixes")
_ONLY_IN_CAPITALS = frozenset({"ma", "ba", "pe", "md", "ret", "eng", "fellow", "kc", "qc", "rn", "jd"})
_GENERATIONS = {"jr": "2", "junior": "2", "ii": "2", "filho": "2", "sr": "1", "senior": "1", "iii": "3", "iv": "4"}
_PARTICLES = lines_of("particles")
_ARABIC = frozenset({"al", "el", "bin", "ibn", "bint", "abu"})
_ABD = frozenset({"abd", "abdel", "abdul", "abdal", "abdur", "abder"})
_JOINING = _ABD | {"mac", "mc", "o", "fitz", "st", "saint", "san", "santa"}
_MAIDEN = re.compile(
    r"[(,\s]+(?:née|nee|né|geb\.?|geborene?r?|born|formerly|previously|maiden name|z domu|roz\.|rozená|"
    r"f\.\s?k\.\s?a\.?|fka|a\.?k\.?a\.?|alias|also known as|урожд\.?|урождённая)[:\s]+([^()]+)\)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|(?<!\w)['‘’]([^'‘’]+)['‘’](?!\w)")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_APOSTROPHES = re.compile(r"['’ʼ`‘ʻ´]")
_HYPHENS = re.compile(r"[-‐‑‒–—‧·・]+")
_SPLIT = re.compile(r"[\s./_]+")


@dataclass(frozen=True)
class Written:
    """A name in one reading: given names, then family names. `family` is the place where these begin, if that is sure.

    `native` is the whole name in characters, where it is written so; `generation` is a number for Jr, Sr, II.
    """

    words: tuple[Token, ...]
    family: int | None = None
    native: str = ""
    generation: str = ""


@lru_cache(maxsize=65536)
def readings(text: str) -> tuple[Written, ...]:
    """Return every reading of a name as written; none for a text without letters.

    "Anna Smith née Jones" is Anna Smith, Anna Jones and Anna Smith Jones; 'William "Bill" Hart' is William and Bill.
    """
    text = unicodedata.normalize("NFKC", text).replace("\u200f", "").replace("\u200e", "").strip()
    text = text.replace("、", ",").replace("，", ",").replace("،", ",")
    maiden = [found.group(1) for found in _MAIDEN.finditer(text)]
    text = _MAIDEN.sub(" ", text)
    quoted = [one or other for one, other in _QUOTED.findall(text)]
    text = _QUOTED.sub(" ", text)
    bracketed = [one for one in _BRACKETS.findall(text) if one.strip()]
    text = _BRACKETS.sub(" ", text)
    found = [each for run in _runs(text) if (each := _read(run)) is not None]
    more = [each for run in (*bracketed, *quoted) for part in _runs(run) if (each := _read(part)) is not None]
    for base in tuple(found):
        found += [new for name in maiden if (other := _read(name)) for new in _renamed(base, other)]
        found += [new for other in more for new in _nicknamed(base, other)]
    found += [each for each in more if len(each.words) > 1]
    return tuple(dict.fromkeys(found))


def _runs(text: str) -> list[str]:
    """Cut a text where its script changes: 王小明 Wang Xiaoming are two names. Kana go with the characters."""
    words = text.split()
    runs = [" ".join(each) for _, each in groupby(words, key=_kind_of_script)]
    return runs if len({_kind_of_script(word) for word in words}) > 1 and all(len(run) > 1 for run in runs) else [text]


def _kind_of_script(word: str) -> str:
    script = script_of(word)
    return "chinese" if script == SYLLABLES else script


def _renamed(base: Written, other: Written) -> list[Written]:
    if len(other.words) > 1:
        return [other]
    start = base.family if base.family is not None else max(len(base.words) - 1, 1)
    return [
        replace(base, words=base.words[:start] + other.words, family=start),
        replace(base, words=base.words + other.words, family=start),
    ]


def _nicknamed(base: Written, other: Written) -> list[Written]:
    """A single word in brackets or quotes: a nickname, or an earlier family name."""
    if len(other.words) > 1 or other.words[0].script != base.words[0].script:
        return []
    start = base.family if base.family is not None else max(len(base.words) - 1, 1)
    return [replace(base, words=other.words + base.words[start:], family=1), *_renamed(base, other)[:1]]


def _read(text: str) -> Written | None:
    parts = [part.strip() for part in text.split(",")]
    generation = ""
    cleaned: list[list[tuple[str, int]]] = []
    for place, part in enumerate(parts):
        words, number = _without_titles(_words(part), after_comma=place > 0)
        generation = generation or number
        if words:
            cleaned.append(words)
    if not cleaned:
        return None
    family = _tokens(cleaned[0])
    if len(cleaned) == 1:
        return _uncertain(text, family, generation)
    given = tuple(each for part in cleaned[1:] for each in _tokens(part))
    return Written(_told_origins(given + family), len(given), "", generation) if given or family else None


def _uncertain(text: str, tokens: tuple[Token, ...], generation: str) -> Written | None:
    native = "".join(re.findall(r"\w", text))
    if script_of(native) in ("chinese", "syllables") and tokens:
        return _in_characters(native)
    if not tokens:
        return None
    return Written(_told_origins(tokens), None, "", generation)


def _in_characters(native: str) -> Written:
    simple = chinese.simplified(native)
    surname, given = chinese.split(simple)
    words = [word for word in (token(given) if given else None, token(surname, surname=True)) if word]
    return Written(tuple(words), 1 if len(words) > 1 else None, simple)


def _words(part: str) -> list[tuple[str, int]]:
    """Words with the number of their group: hyphens bind words into one."""
    text = _APOSTROPHES.sub("", part)
    found: list[tuple[str, int]] = []
    for number, group in enumerate(
        re.sub(r"\b((?:[^\W\d_]\.)+)", lambda one: one.group().replace(".", ". "), text).split()
    ):
        found += [(word, number) for piece in _HYPHENS.split(group) for word in _SPLIT.split(piece) if word]
    return found


def _without_titles(words: list[tuple[str, int]], *, after_comma: bool) -> tuple[list[tuple[str, int]], str]:
    dotless = re.compile(r"[^\w]")
    left = list(words)
    while (
        len(left) > (0 if after_comma else 1) and dotless.sub("", left[0][0]).lower() in TITLES and len(left[0][0]) > 1
    ):
        left = left[1:]
    generation = ""
    shouting = all(word.isupper() for word, _ in words if len(word) > 1)
    while len(left) > (0 if after_comma else 1):
        last = left[-1][0].lower()
        sure = (
            last not in _ONLY_IN_CAPITALS or after_comma or (left[-1][0].isupper() and not shouting and len(left) > 2)
        )
        if [word.lower() for word, _ in left[-2:]] in (
            ["ph", "d"],
            ["d", "phil"],
            ["m", "d"],
            ["b", "a"],
            ["m", "sc"],
            ["b", "sc"],
        ):
            left = left[:-2]
        elif last in SUFFIXES and sure and (after_comma or len(left) > 1):
            generation = _GENERATIONS.get(last, generation)
            left = left[:-1]
        else:
            break
    return left, generation


def _tokens(words: list[tuple[str, int]]) -> tuple[Token, ...]:
    """Words as tokens: particles go to the word that they stand before; capitals together are initials."""
    found: list[Token] = []
    before: list[str] = []
    shouting = all(word.isupper() for word, _ in words if len(word) > 1)
    for place, (word, _) in enumerate(words):
        small = word.lower()
        is_last = place == len(words) - 1
        is_particle = small in _PARTICLES and (
            place > 0 or words[0][1] == words[min(1, len(words) - 1)][1] or (len(words) == 2 and word.islower())
        )
        if (
            not is_last
            and (is_particle or (small in _JOINING and (len(small) > 1 or place > 0)))
            and not (len(word) == 1 and word.isupper() and small != "o")
        ):
            before.append(small)
            continue
        if (
            word.isupper()
            and not shouting
            and 2 <= len(word) <= 3
            and not is_last
            and not is_common_surname(small)
            and not re.search("[AEIOUY]", word)
        ):
            found += [each for letter in word if (each := token(letter))]
        elif (each := token(word)) is not None:
            found.append(_with_particles(each, before))
        before = []
    return tuple(found)


def _with_particles(word: Token, before: list[str]) -> Token:
    if not before or word.script != LATIN:
        return word
    joining = "".join(one for one in before if one in _JOINING)
    if joining:
        joining = "abd" if joining.startswith("abd") else {"mc": "mac", "st": "saint"}.get(joining, joining)
        origins = frozenset({"arabic"}) if joining == "abd" else frozenset()
        return Token(frozenset(joining + key for key in word.keys), origins=origins)
    origins = frozenset({"arabic"}) if _ARABIC & set(before) else frozenset()
    return Token(word.keys | {"".join(before) + key for key in word.keys}, origins=origins)


def _told_origins(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Mark the words of a Latin name with the scripts from which it seems to come."""
    if len(words) < 2 or any(each.script != LATIN for each in words):
        return words
    origins = origins_of(words) | ({"chinese"} if _seems_chinese(words) else frozenset())
    return tuple(replace(each, origins=origins) for each in words) if origins else words


def _seems_chinese(words: tuple[Token, ...]) -> bool:
    """Say whether a name is made of Chinese syllables, with a Chinese surname among them."""
    meant = [key for each in words for spelt in each.keys for key in chinese.folds(spelt)]
    return all(map(_is_syllables, words)) and any(
        is_common_surname(one) or one in chinese.compound_surnames() for one in meant
    )


def _is_syllables(word: Token) -> bool:
    return word.is_initial or any(chinese.looks(key) for key in word.keys)
