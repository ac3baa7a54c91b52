"""Writes the permission matrix anew (`make permissions`): the committed table that a test compares the app with."""

import tempfile
from pathlib import Path

from panel_app import clock
from tests.conftest import START
from tests.matrix.probe import lines
from tests.matrix.table import write
from tests.matrix.world import build
from tests.support.databases import SqliteDatabases


def main() -> None:
    """Build the world, ask every route as everyone, write tests/matrix/matrix.tsv."""
    databases = SqliteDatabases(Path(tempfile.mkdtemp(prefix="panel-matrix-")))
    with clock.pinned(START), databases.app.app_context():
        world = build()
        databases.keep("matrix")
        write(Path("tests/matrix/matrix.tsv"), lines(databases, world))


if __name__ == "__main__":
    main()
