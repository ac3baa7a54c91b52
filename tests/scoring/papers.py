"""Evidence of every kind for tests of the sheet's left side: real little files."""

from io import BytesIO
from random import Random

import docx
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from panel_app.demo.builders.portfolios import APiece
from panel_app.portfolios.models import Relation


def a_pdf(pages: int = 3) -> bytes:
    """A PDF of pages with words on them."""
    alerts = [f"{n}: the alert fired at 09:14." for n in range(24)]
    return _pdf([[f"Post-incident review, page {number}", "", *alerts] for number in range(1, pages + 1)])


def a_long_pdf(pages: int = 300) -> bytes:
    """A PDF of many pages, of some 5 KB each: each has a number in words and lines that no other page has."""
    draw = Random(5)
    lines = [[f"{draw.getrandbits(256):064x}" for _ in range(70)] for _ in range(pages)]
    return _pdf([[f"This is leaf {number} of the logbook.", *rows] for number, rows in enumerate(lines, 1)])


def _pdf(pages: list[list[str]]) -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=420, height=595)
        size, step = (11, 15) if len(lines) < 40 else (6, 7)
        text = f"BT /F1 {size} Tf 40 550 Td {step} TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        stream = DecodedStreamObject()
        stream.set_data(text.encode())
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def a_scan() -> bytes:
    """A PDF of one scanned page in two colours, compressed as a fax: readers need WebAssembly or a decoder for it."""
    image = Image.new("1", (600, 800), 1)
    ImageDraw.Draw(image).rectangle((100, 100, 500, 300), fill=0)
    out = BytesIO()
    image.save(out, "PDF")
    return out.getvalue()


def a_docx() -> bytes:
    """A short document with a heading, paragraphs and a list."""
    document = docx.Document()
    document.add_heading("What we changed", level=1)
    document.add_paragraph("The gate now runs the segment suite, and the threshold follows the trailing week.")
    for item in ("Detection fell from 31 to 4 minutes.", "The fallback was used twice."):
        document.add_paragraph(item, style="List Bullet")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def a_picture() -> bytes:
    """A chart of a kind."""
    image = Image.new("RGB", (640, 320), "#ffffff")
    draw = ImageDraw.Draw(image)
    for at, height in enumerate((40, 90, 130, 180, 220)):
        draw.rectangle((60 + at * 110, 290 - height, 130 + at * 110, 290), fill="#1f5a6e")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


RUNBOOK = b"# Runbook\n\nCall the **duty engineer** at 2 percent.\n\n- stop the release\n- fall back\n"
LOG = "".join(f"2026-10-0{n} 09:1{n} refusal rate {n * 2} %\n" for n in range(1, 9)).encode()
SHOWS, TOUCHES = Relation.SHOWS, Relation.TOUCHES


def every_kind() -> list[APiece]:
    """A PDF, a document, a picture, a text, Markdown, a scan and a link."""
    domains = {f"PSF-{n}": SHOWS for n in range(1, 9)}
    review = "The review of an incident: detection, decision, and the change that followed."
    return [
        APiece(review, {"C4": SHOWS, "C2": TOUCHES, "PSF-5": SHOWS}, name="Review.pdf", content=a_pdf()),
        APiece("What was changed after it.", {"C6": SHOWS, **domains}, name="Changes.docx", content=a_docx()),
        APiece("Detection times by quarter.", {"C4": TOUCHES}, name="Chart.png", content=a_picture()),
        APiece("The log of that morning.", {"C4": SHOWS}, name="Morning.txt", content=LOG),
        APiece("The runbook as it stands today.", {"C5": SHOWS}, name="Runbook.md", content=RUNBOOK),
        APiece("A signed page.", {"C3": SHOWS}, name="Scan.pdf", content=a_scan()),
        APiece("Public notes of the release.", {"C1": SHOWS}, link="https://releases.example.org/notes/7"),
    ]
