"""How fast sheets come in, as a picture: positions and texts, so that the template does no sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, BASE, FOOT = 280, 150, 122, 138


@dataclass(frozen=True)
class Mark:
    """A word under the axis; a bad one has a line through the picture."""

    x: float
    text: str
    tone: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Pace:
    """What the macro `course` prints."""

    title: str
    width: int
    height: int
    base: int
    foot: int
    done: str | None
    ahead: str | None
    band: str | None
    marks: tuple[Mark, ...]
    sentence: str
    pairs: tuple[tuple[str, int], ...]


def pace(counts: Sequence[tuple[date, int]], needed: int, today: date, due: date, *, title: str, sentence: str) -> Pace:
    """Draw cumulative counts per day (`counts`: day → new sheets, in order) against `needed` by `due`.

    The dashed line goes on from today at the mean of all days so far, at most to `needed`.
    """
    start = min([day for day, _ in counts] + [today]) - timedelta(days=1)
    end = max(due, today) + timedelta(days=1)
    days, top = max((end - start).days, 1), max(needed, sum(number for _, number in counts), 1)

    def at(day: date, number: float) -> str:
        return f"{(day - start).days * WIDTH / days:.1f} {BASE - number * (BASE - 10) / top:.1f}"

    points, total, pairs = [at(start, 0)], 0, []
    for day, number in counts:
        total += number
        points.append(at(day, total))
        pairs.append((f"{day.day} {day:%b}", total))
    points.append(at(today, total))
    rate = total / max((today - start).days, 1)
    last = min(needed, total + rate * max((end - today).days, 0))
    marks = (Mark(_x(today, start, days), "today"), Mark(_x(due, start, days), "due", "bad"))
    return Pace(
        title=title,
        width=WIDTH,
        height=HEIGHT,
        base=BASE,
        foot=FOOT,
        done="M" + " L".join(points) if counts else None,
        ahead=f"M{at(today, total)} L{at(end, last)}" if counts and total < needed else None,
        band=None,
        marks=marks if abs((due - today).days) * WIDTH / days > 40 else marks[1:],
        sentence=sentence,
        pairs=tuple(pairs),
    )


def _x(day: date, start: date, days: int) -> float:
    return round(min(max((day - start).days * WIDTH / days, 14), WIDTH - 14), 1)
