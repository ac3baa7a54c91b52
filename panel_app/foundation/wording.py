"""Finding a person's names and addresses in texts that others wrote: as whole words, so that no other word is hit."""

import re
from collections.abc import Collection
from re import Pattern


def pattern_of(words: Collection[str]) -> Pattern[str]:
    """A pattern that finds any of these words, whatever their case, the longest first; nothing when there is none.

    A name of one word is found as it is written, or in capitals: "May" is, in "it may be" nobody is named.
    """
    wanted = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_written, wanted))})(?!\w)")


def _written(word: str) -> str:
    if is_distinct(word):
        return f"(?i:{re.escape(word)})"
    return "|".join(map(re.escape, sorted({word, word[:1].upper() + word[1:], word.upper()})))


def is_distinct(word: str) -> bool:
    """Whether a name or an address can be no ordinary word of a sentence: it has several words, or an @."""
    return "@" in word or " " in word.strip()
