"""The history of a field as a person reads it: typing in steps of time, and what changed between two texts. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Literal

STEP = timedelta(minutes=10)
"""Saves of one open page within such a step are one version: its last."""
MOST_VERSIONS = 50
"""So many of the latest versions are listed; all saves are kept."""
MOST_WORDS = 4000
"""Longer texts are set beside each other whole: comparing them word by word would take too long.

Shorter ones are compared by their rarer words (what difflib calls junk is passed over): by all words, the history of
one long text took a minute and more.
"""

Kind = Literal["same", "out", "in"]


@dataclass(frozen=True)
class Saved:
    """A save of a field: at which revision of the sheet, when, on which open page, and whether it left nothing."""

    revision: int
    saved_at: datetime
    page: str
    is_blank: bool


@dataclass(frozen=True)
class Version:
    """A text of a field: at which revision of the sheet, when, and on which open page it was saved."""

    revision: int
    saved_at: datetime
    page: str
    value: str


def versions(saves: Sequence[Saved]) -> list[Saved]:
    """The last save of each step, the newest first; `saves` oldest first. A text that another page replaced stays."""
    kept: list[Saved] = []
    began: datetime | None = None
    for save in saves:
        is_same_step = bool(kept) and began is not None and kept[-1].page == save.page and save.saved_at - began < STEP
        if is_same_step and not save.is_blank:
            kept[-1] = save
        else:
            kept.append(save)
            began = save.saved_at
    return kept[::-1][:MOST_VERSIONS]


def changes(before: str, after: str) -> Iterator[tuple[Kind, str]]:
    """What leads from one text to the other, word by word: runs that stayed, went out, came in."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    if max(len(old), len(new)) > MOST_WORDS:
        yield from ((kind, text) for kind, text in (("out", before), ("in", after)) if text)  # type: ignore[misc]
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[a:b])
            continue
        if a < b:
            yield "out", "".join(old[a:b])
        if c < d:
            yield "in", "".join(new[c:d])
