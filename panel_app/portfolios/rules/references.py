"""References: drawn at random, letters in each part, so that neither order nor a spreadsheet says anything."""

import re
from collections.abc import Callable

# Without look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and without vowels, so that no word comes up.
LETTERS = "CDFGHJKMNPQRTVWXY"
DIGITS = "34679"
LENGTH = 4


def prefix(programme: str, round_code: str) -> str:
    """The fixed parts: `CPAP-26A`, whether the round's code names its programme already or not."""
    code = round_code.upper()
    return code if code.startswith(f"{programme.upper()}-") else f"{programme.upper()}-{code}"


def draw(fixed: str, choice: Callable[[str], str]) -> str:
    """A reference such as `CPAP-26A-K7Q2`; `choice` picks one letter of a text (a secure one is handed in).

    It begins with a letter and holds at least one digit: no spreadsheet takes it for a number or a date.
    """
    while True:
        drawn = choice(LETTERS) + "".join(choice(LETTERS + DIGITS) for _ in range(LENGTH - 1))
        if any(sign in DIGITS for sign in drawn):
            return f"{fixed}-{drawn}"


_WRITTEN = re.compile(rf"\b[A-Z]{{2,}}(?:-[A-Z0-9]+)*-[{LETTERS}][{LETTERS}{DIGITS}]{{{LENGTH - 1}}}\b")


def references_in(text: str) -> tuple[str, ...]:
    """The references that stand in a text, in order of place; what only looks like one comes along."""
    return tuple(found for found in _WRITTEN.findall(text) if any(sign in DIGITS for sign in found[-LENGTH:]))
