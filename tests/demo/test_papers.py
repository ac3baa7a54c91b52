"""The demo's files are real files: readable by others, the same each time, with an author in their properties."""

import io
import zipfile
from datetime import UTC, datetime
from time import perf_counter

import docx
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from panel_app.demo.charts import ARTIST, Chart
from panel_app.demo.contents import portfolios
from panel_app.demo.papers import Block, Document, LogExcerpt, Paper, PaperKind, blocks, make

AUTHOR = "Plantain Oryx"
REPORT = Document(
    "Weekly figures",
    """
Written by the rota.

## Load
| Day | Pages |
| Monday | 9,400 |
| Tuesday |

- first
- second

1. look
2. act
---
The second page.
""",
)
BARS = Chart("bars", "Letters", "letters", ("Mon", "Tue"), (("All", (12.0, 7.5)),), threshold=10.0)
LOG = LogExcerpt("sorter", datetime(2025, 8, 11, 6, 0, tzinfo=UTC), 60, 4, ("page={id} score={score}",), {3: "ALERT"})
CONTENT_BY_KIND: dict[PaperKind, Document | Chart | LogExcerpt] = {
    "pdf": REPORT,
    "docx": REPORT,
    "md": REPORT,
    "txt": REPORT,
    "png": BARS,
    "jpg": BARS,
}


def test_body_is_read_as_blocks_in_order() -> None:
    found = blocks(REPORT.body)

    assert found == (
        Block("paragraph", (("Written by the rota.",),)),
        Block("heading", (("Load",),)),
        Block("table", (("Day", "Pages"), ("Monday", "9,400"), ("Tuesday",))),
        Block("bullets", (("first",), ("second",))),
        Block("steps", (("look",), ("act",))),
        Block("page", (("",),)),
        Block("paragraph", (("The second page.",),)),
    )


@pytest.mark.parametrize("kind", sorted(CONTENT_BY_KIND))
def test_same_paper_gives_same_bytes(kind: PaperKind) -> None:
    paper = Paper(kind, AUTHOR, CONTENT_BY_KIND[kind])

    assert make(paper) == make(paper)


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_picture_of_a_text_is_refused(kind: PaperKind) -> None:
    with pytest.raises(ValueError, match=f"A {kind} needs a chart"):
        make(Paper(kind, AUTHOR, REPORT))


@pytest.mark.parametrize("kind", ["pdf", "docx", "md", "txt"])
def test_document_of_a_chart_is_refused(kind: PaperKind) -> None:
    with pytest.raises(ValueError, match=f"A {kind} needs a document"):
        make(Paper(kind, AUTHOR, BARS))


def test_pdf_has_pages_text_and_author_in_both_places() -> None:
    raw = make(Paper("pdf", AUTHOR, REPORT))

    opened = pypdfium2.PdfDocument(raw)
    with pikepdf.open(io.BytesIO(raw)) as pdf, pdf.open_metadata() as xmp:
        info, creators = str(pdf.docinfo["/Author"]), list(xmp["dc:creator"])
    assert len(opened) == 2
    assert "9,400" in opened[0].get_textpage().get_text_bounded()
    assert opened[1].get_textpage().get_text_bounded().startswith("The second page.")
    assert (info, creators) == (AUTHOR, [AUTHOR])


def test_pdf_keeps_letters_of_other_scripts() -> None:
    raw = make(Paper("pdf", "Полынь Выхухоль", Document("Лёд", "Säbelschnäbler an der Brücke, Полынь.")))

    opened = pypdfium2.PdfDocument(raw)
    assert "Säbelschnäbler an der Brücke, Полынь." in opened[0].get_textpage().get_text_bounded()
    assert opened.get_metadata_dict()["Author"] == "Полынь Выхухоль"


def test_docx_has_headings_table_and_author() -> None:
    raw = make(Paper("docx", AUTHOR, REPORT))

    word = docx.Document(io.BytesIO(raw))
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    headings = [line.text for line in word.paragraphs if line.style and str(line.style.name).startswith("Heading")]
    assert headings == ["Weekly figures", "Load"]
    assert cells == [["Day", "Pages"], ["Monday", "9,400"], ["Tuesday", ""]]
    assert (word.core_properties.author, word.core_properties.last_modified_by) == (AUTHOR, AUTHOR)


def test_docx_members_carry_one_time() -> None:
    raw = make(Paper("docx", AUTHOR, REPORT))

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2025, 11, 3, 9, 0, 0)}


def test_jpeg_carries_its_artist_in_exif() -> None:
    picture = Image.open(io.BytesIO(make(Paper("jpg", AUTHOR, BARS))))

    assert picture.format == "JPEG"
    assert picture.getexif()[ARTIST] == AUTHOR


def test_png_carries_its_author_as_text_in_any_script() -> None:
    picture = Image.open(io.BytesIO(make(Paper("png", "Полынь Выхухоль", BARS))))

    assert picture.format == "PNG"
    assert picture.info["Author"] == "Полынь Выхухоль"


@pytest.mark.parametrize("form", ["line", "bars", "board"])
def test_a_chart_is_drawn_in_its_colours(form: str) -> None:
    chart = Chart(form, "Load", "pages", ("Mon", "Tue"), (("A", (3.0, 5.0)), ("B", (4.0, 1.0))))  # type: ignore[arg-type]

    picture = Image.open(io.BytesIO(make(Paper("png", AUTHOR, chart)))).convert("RGB")

    seen = {colour for count, colour in picture.getcolors(100_000) or [] if count > 200}
    assert {(33, 98, 140), (196, 107, 35)} <= seen


def test_log_lines_are_numbered_timed_and_hold_the_event() -> None:
    lines = make(Paper("txt", AUTHOR, LOG)).decode().splitlines()

    assert lines[0] == "sorter"
    assert lines[4] == "   3  2025-08-11T06:02:00Z  ALERT"
    assert lines[2].startswith("   1  2025-08-11T06:00:00Z  page=")
    assert len(lines) == 6


def test_markdown_tables_get_their_rule() -> None:
    text = make(Paper("md", AUTHOR, REPORT)).decode()

    assert text.startswith("# Weekly figures\n\nWritten by the rota.\n")
    assert "| Day | Pages |\n| --- | --- |\n| Monday | 9,400 |" in text


def test_all_files_of_the_demo_are_made_within_twenty_seconds() -> None:
    papers = [piece.paper for portfolio in portfolios() for piece in portfolio.evidence if piece.paper]

    started = perf_counter()
    sizes = [len(make(paper)) for paper in papers]

    assert perf_counter() - started < 20
    assert len(sizes) > 100
    assert min(sizes) > 200


def test_no_two_files_of_the_demo_are_the_same() -> None:
    files = [piece.file() for portfolio in portfolios() for piece in portfolio.evidence if piece.paper]

    assert len(set(files)) == len(files)


def test_markup_of_the_typesetter_in_a_body_stays_text() -> None:
    raw = make(Paper("pdf", AUTHOR, Document("#panic()", "#panic(1) *not bold* $x$")))

    assert "#panic(1) *not bold* $x$" in pypdfium2.PdfDocument(raw)[0].get_textpage().get_text_bounded()
