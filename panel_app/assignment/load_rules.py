"""The load of a panel as a picture: how many members have how many portfolios."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from panel_app.foundation.words import N_, Sentence, counting, sentence

WIDTH, BASE, FOOT, TOP = 280, 110, 123, 96
MOST_LABELS = 12


@dataclass(frozen=True)
class Load:
    """A member's portfolios, those of a draft included, and places."""

    total: int
    capacity: int


@dataclass(frozen=True)
class Bar:
    """A bar, in units of the picture; `text` beneath it, `value` above."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    text: str
    value: int
    tone: str


@dataclass(frozen=True)
class LoadPicture:
    """What the macro `bars` draws; `pairs` is the same as a table."""

    title: Sentence
    sentence: Sentence
    bars: tuple[Bar, ...]
    pairs: tuple[tuple[str, int], ...]
    width: int = WIDTH
    height: int = FOOT + 3
    base: int = BASE
    foot: int = FOOT


def load_picture(loads: Sequence[Load]) -> LoadPicture:
    """Draw members by number of portfolios, from none to the most; every number has its bar, also an empty one."""
    counts = Counter(load.total for load in loads)
    numbers = range(max(counts, default=0) + 1)
    highest = max(counts.values(), default=0) or 1
    step = WIDTH // len(numbers)
    every = -(-len(numbers) // MOST_LABELS)
    over = sum(load.total > load.capacity for load in loads)
    full = sum(load.total == load.capacity for load in loads)
    return LoadPicture(
        title=Sentence(N_("Members by number of portfolios")),
        sentence=_in_words(over, full),
        bars=tuple(
            Bar(
                x=number * step + 2,
                y=BASE - TOP * counts[number] // highest,
                width=max(2, step - 4),
                height=TOP * counts[number] // highest,
                middle=number * step + step // 2,
                text=str(number) if number % every == 0 else "",
                value=counts[number],
                tone="",
            )
            for number in numbers
        ),
        pairs=tuple((str(number), counts[number]) for number in numbers),
    )


def _in_words(over: int, full: int) -> Sentence:
    if over:
        text = N_("Members by number of portfolios. %(over)s would have more than their places: take portfolios away.")
        return sentence(text, over=over)
    if not full:
        return sentence(N_("Members by number of portfolios. Everyone has places left."))
    return counting(
        "Members by number of portfolios. %(num)s has no place left.",
        "Members by number of portfolios. %(num)s have no place left.",
        full,
    )
