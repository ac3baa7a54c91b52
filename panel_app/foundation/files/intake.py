"""The door for the stages: look at an upload, make a panel copy; both in the cage."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from panel_app.foundation.files import kinds as _kinds  # noqa: F401  registers the kinds
from panel_app.foundation.files.bounds import MIB, Bounds
from panel_app.foundation.files.cage import Limits, run_caged
from panel_app.foundation.files.registry import KINDS, Facts


@dataclass(frozen=True)
class Accepted:
    """A file that we take: the name of its kind and what was learnt."""

    kind: str
    facts: Facts


@dataclass(frozen=True)
class PanelCopy:
    """A panel copy as written: size in bytes, hash, ending, media type, and pages where it has pages."""

    size: int
    sha256: str
    extension: str
    media_type: str
    pages: int | None


@dataclass(frozen=True)
class Front:
    """The picture of a copy's first page as written: size in bytes, hash, and its sides in pixels."""

    size: int
    sha256: str
    width: int
    height: int


# A picture must not keep a copy waiting: one page is drawn in far less.
FRONT_LIMITS = Limits(cpu_seconds=10, wall_seconds=20, output_bytes=MIB)


def accept(path: Path, typed_name: str, *, bounds: Bounds | None = None, limits: Limits | None = None) -> Accepted:
    """Look at an uploaded file. Raises a `FileProblem` with a sentence; the browser's type isn't asked."""
    bounds = bounds or Bounds()
    KINDS.for_file_name(typed_name)
    answer = run_caged("inspect", path, None, {"typed_name": typed_name}, bounds=bounds, limits=limits)
    facts = Facts(
        pages=cast(int | None, answer["pages"]),
        width=cast(int | None, answer["width"]),
        height=cast(int | None, answer["height"]),
        left_behind=tuple(cast(list[str], answer["left_behind"])),
    )
    return Accepted(str(answer["kind"]), facts)


def make_panel_copy(
    source: Path, kind: str, label: str, out: Path, *, bounds: Bounds | None = None, limits: Limits | None = None
) -> PanelCopy:
    """Write the panel copy of an accepted file to `out`, titled `label`. Raises a `FileProblem`; then `out` is gone."""
    form = KINDS.named(kind).copy
    answer = run_caged("clean", source, out, {"kind": kind, "label": label}, bounds=bounds, limits=limits)
    return PanelCopy(
        cast(int, answer["size"]),
        str(answer["sha256"]),
        form.extension,
        form.media_type,
        cast(int | None, answer["pages"]),
    )


def draw_front(copy: Path, kind: str, out: Path, *, limits: Limits = FRONT_LIMITS) -> Front | None:
    """Write the picture of the first page of a panel copy to `out`; none for a kind without pages.

    In a run of its own, so that a page that can't be drawn doesn't take the copy with it. Raises a `FileProblem`.
    """
    answer = run_caged("front", copy, out, {"kind": kind}, limits=limits)
    if answer["width"] is None:
        return None
    size, width, height = (cast(int, answer[name]) for name in ("size", "width", "height"))
    return Front(size, str(answer["sha256"]), width, height)
