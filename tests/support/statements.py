"""Counting SQL: which statements a block ran, and from where."""

import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event


@dataclass
class Statements:
    """What was asked: SQL texts, and the lines of ours that asked."""

    texts: list[str] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.texts)

    def by_place(self) -> str:
        """The lines that asked, most often first."""
        return "\n".join(f"{count} × {place}" for place, count in self.places.most_common())


@contextmanager
def statements() -> Iterator[Statements]:
    """Count every statement but the ones that begin and end transactions."""
    seen = Statements()

    def keep(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0] not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"):
            seen.texts.append(statement)
            frames = [f for f in traceback.extract_stack() if "/panel_app/" in f.filename]
            where = f"{frames[-1].filename.rsplit('/panel_app/', 1)[1]}:{frames[-1].lineno}" if frames else "?"
            seen.places[where] += 1

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
