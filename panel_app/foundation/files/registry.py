"""The kinds of evidence: one class each, in a file of its own under `kinds/`."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from panel_app.foundation.files import sayings
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.problems import Unacceptable

HEAD_BYTES = 8192


@dataclass(frozen=True)
class Facts:
    """What was learnt while a file was read: pages of a document, sides of a picture in pixels, or neither.

    `left_behind` names what the panel copy will not have: comments, attachments, form fields, animation.
    """

    pages: int | None = None
    width: int | None = None
    height: int | None = None
    left_behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class CopyForm:
    """What a panel copy is: its ending, its media type with charset, and whether a browser may show it in place."""

    extension: str
    media_type: str
    inline: bool


FRONT = CopyForm("webp", "image/webp", inline=True)
"""What the picture of a first page is, whatever the kind of its copy."""


class EvidenceKind(ABC):
    """A kind of evidence. The first paragraph of a subclass's docstring is its text on pages and in the docs."""

    name: ClassVar[str]
    title: ClassVar[str]
    short: ClassVar[str]
    extensions: ClassVar[tuple[str, ...]]
    media_type: ClassVar[str]
    inline: ClassVar[bool]
    copy: ClassVar[CopyForm]

    @abstractmethod
    def recognise(self, head: bytes) -> bool:
        """Say whether content that begins so (up to `HEAD_BYTES`) is of this kind."""

    @abstractmethod
    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Read the file whole. Raises `Unacceptable` or `Damaged` with a sentence. Runs in the cage only."""

    @abstractmethod
    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> int | None:
        """Write the panel copy of `source` to `out`, titled `label`, without any property of the original.

        Gives its number of pages, if it has pages. The same source and label give the same bytes.
        Raises `Damaged`. Runs in the cage only.
        """

    def front(self, copy: Path, out: Path) -> tuple[int, int] | None:
        """Write a picture of the first page of a panel copy to `out`, as `fronts` does it; gives its sides in pixels.

        None, and nothing written, for a kind without pages. Raises `Damaged`. Runs in the cage only.
        """
        return None

    @property
    def text(self) -> str:
        """The first paragraph of the docstring: what the page says of this kind."""
        return (type(self).__doc__ or "").split("\n\n")[0].strip()


@dataclass
class Registry:
    """Kinds by name and by ending."""

    _kinds: dict[str, EvidenceKind] = field(default_factory=dict)

    def add(self, kind: EvidenceKind) -> None:
        """Take a kind. A double name or ending, or a missing docstring, raises ValueError and stops the start."""
        if not type(kind).__doc__:
            raise ValueError(f"evidence kind {kind.name} has no docstring")
        double = {kind.name} & self._kinds.keys() | set(kind.extensions) & self._endings().keys()
        if double:
            raise ValueError(f"evidence kind {kind.name}: {', '.join(sorted(double))} is taken")
        self._kinds[kind.name] = kind

    def all(self) -> tuple[EvidenceKind, ...]:
        """Every kind, by name."""
        return tuple(self._kinds[name] for name in sorted(self._kinds))

    def named(self, name: str) -> EvidenceKind:
        """The kind of that name; KeyError when there is none."""
        return self._kinds[name]

    def for_file_name(self, typed: str) -> tuple[EvidenceKind, str]:
        """The kind and ending that a typed name asks for. Raises `Unacceptable` for an ending that isn't ours."""
        extension = typed.rpartition(".")[2].strip().lower() if "." in typed else ""
        kind = self._endings().get(extension)
        if kind is None:
            raise Unacceptable(sayings.wrong_type(", ".join(f".{ending}" for ending in sorted(self._endings()))))
        return kind, extension

    def of_content(self, head: bytes) -> EvidenceKind | None:
        """The kind whose content begins so, or none."""
        return next((kind for kind in self.all() if kind.recognise(head)), None)

    def _endings(self) -> dict[str, EvidenceKind]:
        return {extension: kind for kind in self.all() for extension in kind.extensions}


KINDS = Registry()


def evidence_kind(kind: type[EvidenceKind]) -> type[EvidenceKind]:
    """Register the decorated class as a kind of evidence."""
    KINDS.add(kind())
    return kind
