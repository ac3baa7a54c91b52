"""PDF documents read whole, by two readers. Runs in the cage."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from panel_app.foundation.files import pdf_copies, sayings
from panel_app.foundation.files.bounds import Bounds, in_words
from panel_app.foundation.files.problems import Damaged, Unacceptable
from panel_app.foundation.files.registry import Facts

# What pikepdf raises on broken files: its own error, and what a value of the wrong type leads to.
BROKEN = (
    pikepdf.PdfError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RuntimeError,
    RecursionError,
)


def read_whole(path: Path, bounds: Bounds) -> Facts:
    """What a document has. Raises `Unacceptable` or `Damaged` for what is broken, locked or a wrapper."""
    try:
        with pikepdf.open(path) as document:
            facts = _facts(document, bounds)
        # A copy is tried now, while its owner can still do something about it.
        pdf_copies.write_copy(path, io.BytesIO(), "")
    except pikepdf.PasswordError as error:
        raise Unacceptable(sayings.locked("PDF")) from error
    except BROKEN as error:
        raise _unread(error) from error
    if _pages_that_open(path) != facts.pages:
        raise Damaged(sayings.damaged(), "readers disagree on the number of pages")
    return facts


def copied(source: Path, out: Path, label: str) -> int:
    """Write the panel copy and open it once more; its number of pages. Raises `Damaged`."""
    try:
        with out.open("wb") as copy:  # the cage lets nothing be written beside it
            pages = pdf_copies.write_copy(source, copy, label)
    except BROKEN as error:
        raise _unread(error) from error
    if _pages_that_open(out) != pages:
        raise Damaged(sayings.damaged(), "the copy doesn't open with all its pages")
    return pages


def _unread(error: Exception) -> Damaged | MemoryError:
    """A broken file, or a decoder that got no more memory: qpdf reports that as damage, in C++ words."""
    if "bad_alloc" in str(error):
        return MemoryError()
    return Damaged(sayings.damaged(), type(error).__name__)


def _facts(document: pikepdf.Pdf, bounds: Bounds) -> Facts:
    if document.is_encrypted:
        raise Unacceptable(sayings.locked("PDF"))
    _refuse_wrappers(document)
    pages = len(document.pages)
    if pages == 0:
        raise Unacceptable(sayings.empty())
    if pages > bounds.pages:
        raise Unacceptable(sayings.too_many_pages(pages, bounds.pages))
    _read_pages(document, bounds)
    if document.get_warnings():
        raise Damaged(sayings.damaged(), "reader had to repair the file")
    return Facts(pages=pages, left_behind=_left_behind(document))


def _refuse_wrappers(document: pikepdf.Pdf) -> None:
    if Name.Collection in document.Root:
        raise Unacceptable(sayings.portfolio_pdf())
    form = document.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and Name.XFA in form and bool(document.Root.get(Name.NeedsRendering, False)):
        raise Unacceptable(sayings.form_pdf())


def _read_pages(document: pikepdf.Pdf, bounds: Bounds) -> None:
    total = 0
    for page in document.pages:
        contents = page.obj.get(Name.Contents)
        for stream in contents if isinstance(contents, Array) else [contents]:
            if isinstance(stream, pikepdf.Stream):
                total += len(stream.read_bytes())
        if total > bounds.unpacked_bytes:
            raise Unacceptable(sayings.unpacks_too_large(in_words(bounds.unpacked_bytes)))


def _left_behind(document: pikepdf.Pdf) -> tuple[str, ...]:
    drawn = (Name.Link, Name.Widget, Name.Popup)
    notes = any(
        isinstance(note, Dictionary) and note.get(Name.Subtype) not in drawn
        for page in document.pages
        for note in (page.obj.get(Name.Annots) or [])
    )
    names = ("comments",) if notes else ()
    return names + (("attachments",) if len(document.attachments) else ())


def _pages_that_open(path: Path) -> int:
    """The number of pages for pdfium, each opened. Raises `Damaged`."""
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            for index in range(len(document)):
                document[index].close()
            return len(document)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Damaged(sayings.damaged(), "pdfium can't open it") from error
