"""The registry of evidence kinds."""

from pathlib import Path

import pytest

from panel_app.foundation.files import kinds as _kinds  # noqa: F401  registers the kinds
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.problems import Unacceptable
from panel_app.foundation.files.registry import KINDS, CopyForm, EvidenceKind, Facts, Registry


class Tally(EvidenceKind):
    """A list of strokes."""

    name = "tally"
    title = "Tally"
    short = "tally"
    extensions = ("tally",)
    media_type = "text/plain; charset=utf-8"
    inline = False
    copy = CopyForm("txt", "text/plain; charset=utf-8", inline=True)

    def recognise(self, head: bytes) -> bool:
        return set(head) <= {ord("|")}

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        return Facts(pages=path.stat().st_size)

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> None:
        out.write_bytes(source.read_bytes())


class Undocumented(Tally):
    name = "undocumented"
    extensions = ("un",)


class Namesake(Tally):
    """Takes a name that is taken."""

    extensions = ("namesake",)


class SameEnding(Tally):
    """Takes an ending that is taken."""

    name = "same"


def test_the_kinds_are_these() -> None:
    assert {kind.name: kind.extensions for kind in KINDS.all()} == {
        "docx": ("docx",),
        "jpeg": ("jpg", "jpeg"),
        "markdown": ("md", "markdown"),
        "pdf": ("pdf",),
        "png": ("png",),
        "text": ("txt",),
    }


def test_a_new_kind_is_found_by_name_ending_and_content() -> None:
    registry = Registry()

    registry.add(Tally())

    assert registry.named("tally").text == "A list of strokes."
    assert registry.for_file_name("Count.TALLY") == (registry.named("tally"), "tally")
    assert registry.of_content(b"|||") is registry.named("tally")
    assert registry.of_content(b"abc") is None


@pytest.mark.parametrize("kind", [Undocumented, Namesake, SameEnding, Tally])
def test_a_kind_without_text_or_with_a_taken_name_stops_the_start(kind: type[EvidenceKind]) -> None:
    registry = Registry()
    registry.add(Tally())

    with pytest.raises(ValueError, match=r"has no docstring|is taken"):
        registry.add(kind())


@pytest.mark.parametrize("name", [kind.name for kind in KINDS.all()])
def test_every_kind_says_what_it_is_in_a_sentence(name: str) -> None:
    text = KINDS.named(name).text

    assert text.endswith(".")
    assert "\n" not in text


def test_a_kind_is_asked_for_by_the_ending_alone() -> None:
    with pytest.raises(Unacceptable):
        Registry().for_file_name("a.pdf")
