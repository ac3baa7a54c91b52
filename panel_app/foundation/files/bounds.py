"""How large a piece of evidence may be. Handed in by who calls; the defaults are what the docs state."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

KIB = 1024
MIB = 1024 * KIB

Plain = str | int | None | list[str]
"""What an answer from the cage is made of."""


@dataclass(frozen=True)
class Bounds:
    """Sizes in bytes, pictures in pixels, documents in pages and packages in entries."""

    file_bytes: int = 25 * MIB
    text_bytes: int = 2 * MIB
    unpacked_bytes: int = 200 * MIB
    entries: int = 2000
    pages: int = 500
    pixels: int = 60_000_000

    def as_mapping(self) -> dict[str, int]:
        """The bounds as plain numbers, for the way into the cage."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, numbers: Mapping[str, int]) -> "Bounds":
        """The bounds from `as_mapping`; an unknown name raises TypeError."""
        return cls(**numbers)


def in_words(size: int) -> str:
    """A size as people read it: `20 MB`, `1.5 MB`, `300 KB`."""
    for unit, factor in (("MB", MIB), ("KB", KIB)):
        if size >= factor:
            return f"{size / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
