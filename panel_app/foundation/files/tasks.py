"""What the worker in the cage can do. A task takes files and plain arguments, and answers with plain values."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from panel_app.foundation.files.bounds import Bounds, Plain
from panel_app.foundation.files.inspection import inspect
from panel_app.foundation.files.registry import KINDS

Arguments = Mapping[str, str]
Task = Callable[[Path, Path, Arguments, Bounds], dict[str, Plain]]
TASKS: dict[str, Task] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Register a task under a name; a double name raises ValueError."""

    def register(function: Task) -> Task:
        if name in TASKS:
            raise ValueError(f"task {name} is there already")
        TASKS[name] = function
        return function

    return register


@task("inspect")
def inspect_file(source: Path, out: Path, arguments: Arguments, bounds: Bounds) -> dict[str, Plain]:
    """Read a file whole; `typed_name` is what its owner calls it."""
    kind, facts = inspect(source, arguments["typed_name"], bounds)
    return {
        "kind": kind.name,
        "pages": facts.pages,
        "width": facts.width,
        "height": facts.height,
        "left_behind": list(facts.left_behind),
    }


@task("clean")
def clean_file(source: Path, out: Path, arguments: Arguments, bounds: Bounds) -> dict[str, Plain]:
    """Write the panel copy of a file of `kind`, titled `label`."""
    kind = KINDS.named(arguments["kind"])
    pages = kind.clean(source, out, arguments["label"], bounds)
    with out.open("rb") as copy:
        digest = hashlib.file_digest(copy, "sha256").hexdigest()
    return {"size": out.stat().st_size, "sha256": digest, "pages": pages}
