"""The committed table: tab-separated, a line a route and method."""

from collections.abc import Iterable
from pathlib import Path

from tests.matrix.probe import Line
from tests.matrix.world import ACTORS


def read(path: Path) -> list[Line]:
    """The lines of a table; none when it isn't there."""
    if not path.exists():
        return []
    rows = [row.split("\t") for row in path.read_text().splitlines()[1:]]
    return [Line(row[0], row[1], tuple(row[2:])) for row in rows]


def write(path: Path, lines: Iterable[Line]) -> None:
    """Write a table anew."""
    head = "\t".join(["method", "path", *ACTORS])
    path.write_text("\n".join([head, *("\t".join([line.method, line.path, *line.cells]) for line in lines)]) + "\n")
