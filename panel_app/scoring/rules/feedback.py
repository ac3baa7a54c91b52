"""What feedback to a candidate must be before a sheet is submitted: enough, the assessor's own words, about this work.

Looked at with what the writer knows anyway: their own name and addresses, and references of portfolios. Whether it
names the candidate is looked at elsewhere, and never told here: the answer would tell who the candidate is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.names import names_in_text
from panel_app.names.likeness import Likeness
from panel_app.portfolios.rules.references import references_in

OWN_LETTERS = 40
"""So much must stand around a copied descriptor."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Writer:
    """Who writes, as the check of feedback needs it: their name, their addresses, their portfolio's reference."""

    name: str = ""
    addresses: tuple[str, ...] = ()
    reference: str = ""


def too_short(code: str, text: str, letters: int) -> Sentence | None:
    """Say that there is too little to go by; none when there are so many letters."""
    if len(text.strip()) >= letters:
        return None
    return counting(
        "%(code)s: write at least %(num)s character of feedback, as it is below the top level.",
        "%(code)s: write at least %(num)s characters of feedback, as it is below the top level.",
        letters,
        code=code,
    )


def copied(code: str, text: str, descriptors: Collection[str], others: Collection[str]) -> Sentence | None:
    """Say that it is a copy: of a published descriptor with next to nothing added, or of another criterion's text."""
    plain = _plain(text)
    if plain and plain in {_plain(other) for other in others}:
        words = N_("%(code)s: this is the same text as elsewhere on the sheet. Say what holds for this criterion.")
        return sentence(words, code=code)
    rest = plain
    for descriptor in filter(None, map(_plain, descriptors)):
        rest = rest.replace(descriptor, " ")
    if rest != plain and len(rest.strip()) < OWN_LETTERS:
        words = N_("%(code)s: this is what the level says already. Say what this portfolio shows, and what it lacks.")
        return sentence(words, code=code)
    return None


def gives_away(code: str, text: str, writer: Writer) -> Sentence | None:
    """Say that the feedback names its writer or another portfolio."""
    named = [hit for hit in names_in_text(text, [writer.name]) if hit.likeness is Likeness.EXACT]
    if named or any(address.casefold() in text.casefold() for address in writer.addresses if address):
        return sentence(N_("%(code)s: the feedback names you. Take that out: candidates don't learn who."), code=code)
    if others := [each for each in references_in(text) if each != writer.reference]:
        words = N_("%(code)s: the feedback names %(reference)s, which is another portfolio. Take that out.")
        return sentence(words, code=code, reference=others[0])
    return None


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """The words alone, in small letters: what copying by hand leaves as it was."""
    return " ".join(_WORDS.findall(text.casefold()))
