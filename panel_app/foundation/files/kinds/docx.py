"""Word documents as evidence."""

from collections.abc import Mapping
from pathlib import Path

from panel_app.foundation.files import sayings, sniff
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.markup import says_something, whole_page
from panel_app.foundation.files.packages import parsed, read_package
from panel_app.foundation.files.problems import Damaged, Unacceptable
from panel_app.foundation.files.registry import CopyForm, EvidenceKind, Facts, evidence_kind
from panel_app.foundation.words import N_

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES_PART = "[Content_Types].xml"
_FIRST_PARTS = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"customXml/")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")


@evidence_kind
class Docx(EvidenceKind):
    """A Word document. The panel reads its text, tables and pictures; comments, headers and properties stay behind.

    The panel copy is HTML: a cleaned package would still hold what each version of Word hides in it.
    """

    name = "docx"
    title = N_("Word document")
    short = "DOCX"
    extensions = ("docx",)
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    inline = False
    copy = CopyForm("html", "text/html; charset=utf-8", inline=False)

    def recognise(self, head: bytes) -> bool:
        """A ZIP from its first byte with parts of Office, or the container of locked and older documents."""
        if head.startswith(OLD_OFFICE):
            return True
        return head.startswith(b"PK\x03\x04") and any(name in head for name in _FIRST_PARTS)

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Refuse locked, older, macro-carrying, other Office and crooked packages, and documents without content."""
        from panel_app.foundation.files.word_copies import as_html  # noqa: PLC0415  only a process that reads such a file loads it

        _refuse_old_container(path)
        parts = read_package(path, bounds)
        main_part = _main_part(parts)
        if sniff.page_marks(sniff.tail_of(path, 200)):
            raise Unacceptable(sayings.two_in_one("HTML"))
        if not says_something(as_html(parts, main_part, bounds)):
            raise Unacceptable(sayings.empty())
        return Facts(left_behind=_left_behind(parts))

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> None:
        """The text in a small HTML file titled `label`, pictures drawn anew inside it."""
        from panel_app.foundation.files.word_copies import as_html  # noqa: PLC0415  only a process that reads such a file loads it

        parts = read_package(source, bounds)
        fragment = as_html(parts, _main_part(parts), bounds)
        out.write_bytes(whole_page(fragment, label).encode("utf-8"))


def _refuse_old_container(path: Path) -> None:
    content = path.read_bytes()
    if content.startswith(OLD_OFFICE):
        raise Unacceptable(sayings.locked("DOCX") if _ENCRYPTED in content else sayings.old_word())


def _main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part with the text. Raises `Unacceptable` for macros and other kinds of Office files."""
    if TYPES_PART not in parts or "_rels/.rels" not in parts:
        raise Damaged(sayings.damaged(), "no content types")
    overrides = _all(parts, TYPES_PART, _CONTENT_TYPE)
    types = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in overrides}
    if any("macroenabled" in one.lower() for one in types.values()) or any(
        name.casefold().endswith(_MACRO_PARTS) for name in parts
    ):
        raise Unacceptable(sayings.macros())
    targets = [
        one.get("Target", "").lstrip("/")
        for one in _all(parts, "_rels/.rels", _RELATION)
        if one.get("Type", "").endswith("/officeDocument")
    ]
    if len(targets) != 1 or targets[0] not in parts:
        raise Damaged(sayings.damaged(), "no main part")
    if types.get(targets[0]) != _DOCUMENT:
        raise Unacceptable(sayings.not_word())
    return targets[0]


def _all(parts: Mapping[str, bytes], name: str, tag: str) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in parsed(parts[name]).iter(tag)]


def _left_behind(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    signs = {"comments": "word/comments", "headers": "word/header", "attachments": "word/embeddings/"}
    return tuple(what for what, start in signs.items() if any(name.startswith(start) for name in parts))
