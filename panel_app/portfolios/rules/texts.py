"""Texts as they are counted and stored: line ends are LF, words are what stands between white space."""

LONGEST = 200_000
"""Letters that a section may hold at most, whatever its outline says of words."""


def stored(text: str) -> str:
    """The text with LF line ends, without NUL, halves of characters and blanks around it."""
    whole = text.replace("\x00", "").encode("utf-8", "ignore").decode()  # JSON can hold half a character, no file can
    return whole.replace("\r\n", "\n").replace("\r", "\n").strip()


def count_words(text: str) -> int:
    """How many words; the browser's counter counts alike."""
    return len(text.split())
