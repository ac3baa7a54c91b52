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
    return {**_written(out), "pages": pages}


@task("front")
def draw_front(source: Path, out: Path, arguments: Arguments, bounds: Bounds) -> dict[str, Plain]:
    """Write the picture of the first page of a panel copy of `kind`; `width` is none where it has no pages."""
    sides = KINDS.named(arguments["kind"]).front(source, out)
    width, height = sides or (None, None)
    return {**_written(out), "width": width, "height": height}


def _written(out: Path) -> dict[str, Plain]:
    with out.open("rb") as file:
        return {"size": out.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
