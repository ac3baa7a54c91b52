"""Finding a person's names and addresses in texts that others wrote: as whole words, so that no other word is hit."""

import re
from collections.abc import Collection
from re import Pattern


def pattern_of(words: Collection[str]) -> Pattern[str]:
    """A pattern that finds any of these words, whatever their case, the longest first; nothing when there is none."""
    wanted = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
