"""Parts that later stages add to the coordinator's page of a portfolio: assignments, cases, outcomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from panel_app.foundation.actors import Actor
from panel_app.portfolios.queries.cases import AssessmentRow


@dataclass(frozen=True)
class CasePart:
    """What a part prints: the template that is included with these `rows` (frozen, read by a query)."""

    template: str
    rows: Sequence[object]


@dataclass(frozen=True)
class ShownPart:
    """A part of one assessment on the page."""

    title: str
    assessment: AssessmentRow
    template: str
    rows: Sequence[object]


Reader = Callable[[Actor, AssessmentRow], CasePart | None]


@dataclass(frozen=True)
class _Entry:
    order: int
    title: str
    read: Reader


_PARTS: dict[str, _Entry] = {}


def case_part(order: int, title: str) -> Callable[[Reader], Reader]:
    """Add a part to the page. It may answer None for nothing. Raises ValueError for a title that is taken."""

    def register(read: Reader) -> Reader:
        if _PARTS.setdefault(title, _Entry(order, title, read)).read is not read:
            raise ValueError(f"two parts of the case page are called {title!r}")
        return read

    return register


def case_parts(actor: Actor, assessments: Sequence[AssessmentRow]) -> list[ShownPart]:
    """Every part of every assessment, in order; each part runs its own constant number of statements."""
    entries = sorted(_PARTS.values(), key=lambda each: (each.order, each.title))
    read = [(each, entry, entry.read(actor, each)) for each in assessments for entry in entries]
    return [ShownPart(entry.title, each, part.template, part.rows) for each, entry, part in read if part is not None]
