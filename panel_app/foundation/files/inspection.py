"""Is this file what its name says, and can it be read whole? Runs in the cage."""

from pathlib import Path

from panel_app.foundation.files import kinds as _kinds  # noqa: F401  registers the kinds
from panel_app.foundation.files import sayings, sniff
from panel_app.foundation.files.bounds import Bounds, in_words
from panel_app.foundation.files.problems import Unacceptable
from panel_app.foundation.files.registry import HEAD_BYTES, KINDS, EvidenceKind, Facts
from panel_app.foundation.words import Sentence

# What puremagic calls formats that a person knows by these names.
_KNOWN = {".gz": "GZIP", ".7z": "7-Zip", ".rar": "RAR", ".gif": "GIF", ".webp": "WebP", ".heic": "HEIC",
          ".rtf": "RTF", ".mp4": "MP4", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF", ".exe": "EXE"}  # fmt: skip


def inspect(path: Path, typed_name: str, bounds: Bounds) -> tuple[EvidenceKind, Facts]:
    """The kind of a file and what was learnt. Raises `Unacceptable` or `Damaged` with a sentence."""
    kind, extension = KINDS.for_file_name(typed_name)
    size = path.stat().st_size
    if size == 0:
        raise Unacceptable(sayings.empty())
    if size > bounds.file_bytes:
        raise Unacceptable(sayings.too_large(in_words(bounds.file_bytes)))
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not kind.recognise(head):
        raise Unacceptable(_mismatch(extension, head))
    return kind, kind.inspect(path, extension, bounds)


def _mismatch(extension: str, head: bytes) -> Sentence:
    text = head.decode("utf-8", errors="replace")
    if sniff.starts_like_a_page(text, markdown=True) or sniff.is_script(text):
        return sayings.web_code(extension)
    found = KINDS.of_content(head)
    if found is not None:
        return sayings.renamed(extension, found.short)
    known = _magic(head)
    return sayings.renamed(extension, known) if known else sayings.not_what_it_says(extension)


def _magic(head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return "ZIP"  # puremagic guesses which of the many kinds of archive
    import puremagic  # noqa: PLC0415  a book of signatures, opened for a file that isn't what it says

    try:
        return _KNOWN.get(puremagic.from_string(head))
    except (puremagic.PureError, ValueError):
        return None
