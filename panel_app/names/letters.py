"""Letters: one plain spelling for all scripts, and words with their places in a text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’ʼ`]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_UMLAUTS = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe",
})  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word in its plain spelling, and where it stands in the text as given (`text[start:end]`)."""

    plain: str
    start: int
    end: int


def plain(text: str) -> str:
    """Return `text` in lower-case Latin words with single spaces: NFKC, transliteration, casefold, no punctuation."""
    latin = (text if text.isascii() else _in_ascii(text)).casefold()
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", latin)).strip()


def _in_ascii(text: str) -> str:
    spaced = "".join(
        f" {letter} " if _is_ideograph(letter) else letter for letter in unicodedata.normalize("NFKC", text)
    )
    return anyascii(_APOSTROPHES.sub("", spaced))


def spellings(text: str) -> frozenset[str]:
    """Return the text and the spelling that writes umlauts with an added letter (Müller, Mueller)."""
    composed = unicodedata.normalize("NFKC", text)
    return frozenset({composed, composed.translate(_UMLAUTS)})


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order. Each ideograph is a word, as such scripts put no spaces between them.

    What has no Latin spelling (a rare sign) is passed over.
    """
    for start, end in _spans(text):
        if spelt := plain(text[start:end]).replace(" ", ""):
            yield Word(spelt, start, end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(text):
        if not found.group().isascii() and any(_is_ideograph(letter) for letter in found.group()):
            yield from ((place, place + 1) for place in range(*found.span()))
        else:
            yield found.span()


def _is_ideograph(letter: str) -> bool:
    """Chinese characters and Korean syllables: each is read as a syllable of its own."""
    return unicodedata.name(letter, "").startswith(("CJK ", "HANGUL SYLLABLE"))
