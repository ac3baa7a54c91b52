"""What evidence shows or touches, as a picture's rows: pieces down, domains across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.portfolios.rules.drafts import Relation


@dataclass(frozen=True)
class Column:
    """A domain or criterion: a short text for the head, the full one for who asks."""

    text: str
    name: str


@dataclass(frozen=True)
class Row:
    """A piece: its name and one of `shows`, `touches` or nothing per column."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """The grid, what nothing shows yet (column names), and each piece in words."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unshown: tuple[str, ...]
    words: tuple[tuple[str, Sentence], ...]


def coverage(targets: Sequence[tuple[str, str]], pieces: Sequence[tuple[str, Mapping[str, Relation]]]) -> Coverage:
    """Lay pieces (name, target → relation) over targets (code, title), both in the given order."""
    columns = tuple(Column(code.removeprefix("PSF-"), f"{code} {title}") for code, title in targets)
    rows = tuple(Row(name, tuple(_cell(mapped, code) for code, _ in targets)) for name, mapped in pieces)
    shown = {code for _, mapped in pieces for code, how in mapped.items() if how is Relation.SHOWS}
    unshown = tuple(f"{code} {title}" for code, title in targets if code not in shown)
    return Coverage(columns, rows, unshown, tuple((name, in_words(mapped)) for name, mapped in pieces))


def in_words(mapped: Mapping[str, Relation]) -> Sentence:
    """What one piece bears on, as a sentence."""
    shows = ", ".join(code for code, how in mapped.items() if how is Relation.SHOWS)
    touches = ", ".join(code for code, how in mapped.items() if how is Relation.TOUCHES)
    if shows and touches:
        return sentence(N_("shows %(shows)s; touches %(touches)s"), shows=shows, touches=touches)
    if shows:
        return sentence(N_("shows %(shows)s"), shows=shows)
    return sentence(N_("touches %(touches)s"), touches=touches) if touches else sentence(N_("not tied to anything yet"))


def _cell(mapped: Mapping[str, Relation], code: str) -> str:
    return mapped[code].value if code in mapped else ""
