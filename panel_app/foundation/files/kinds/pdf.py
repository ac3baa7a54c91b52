"""PDF documents as evidence."""

import re
from pathlib import Path

from panel_app.foundation.files import sayings, sniff
from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.problems import Unacceptable
from panel_app.foundation.files.registry import CopyForm, EvidenceKind, Facts, evidence_kind
from panel_app.foundation.words import N_

_END = re.compile(rb"%%EOF[\s\x00]*\Z")


@evidence_kind
class Pdf(EvidenceKind):
    """A document with fixed pages. Comments, attachments and properties don't reach the panel; form fields do."""

    name = "pdf"
    title = N_("PDF document")
    short = "PDF"
    extensions = ("pdf",)
    media_type = "application/pdf"
    inline = True
    copy = CopyForm("pdf", "application/pdf", inline=True)

    def recognise(self, head: bytes) -> bool:
        """The mark at the very first byte: readers that look further are how a file gets two faces."""
        return re.match(rb"%PDF-[12]\.\d", head) is not None

    def inspect(self, path: Path, extension: str, bounds: Bounds) -> Facts:
        """Refuse what is cut, broken, locked, a wrapper or a second thing as well. Each page is read by two readers."""
        from panel_app.foundation.files.pdf_reading import read_whole  # noqa: PLC0415  only a process that reads such a file loads it

        _refuse_second_face(path)
        return read_whole(path, bounds)

    def clean(self, source: Path, out: Path, label: str, bounds: Bounds) -> int:
        """The pages in a new document titled `label`; opened once more before it counts as made."""
        from panel_app.foundation.files.pdf_reading import copied  # noqa: PLC0415  only a process that reads such a file loads it

        return copied(source, out, label)

    def front(self, copy: Path, out: Path) -> tuple[int, int]:
        """The first page as pdfium draws it."""
        from panel_app.foundation.files.fronts import write_front  # noqa: PLC0415  only a process that draws one loads it

        return write_front(copy, out)


def _refuse_second_face(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(4096)
    tail = sniff.tail_of(path)
    if sniff.page_marks(head):
        raise Unacceptable(sayings.two_in_one("HTML"))
    if sniff.is_zip(path):
        raise Unacceptable(sayings.two_in_one("ZIP"))
    if not _END.search(tail):
        behind = tail.rpartition(b"%%EOF")
        if behind[1] and sniff.page_marks(behind[2]):
            raise Unacceptable(sayings.two_in_one("HTML"))
        raise Unacceptable(sayings.something_behind() if behind[1] else sayings.cut_off())
