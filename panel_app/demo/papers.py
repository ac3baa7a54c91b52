"""Real little files for the demo round, made from data: PDF, DOCX, PNG, JPEG, Markdown, plain text.

The same paper gives the same bytes every time. Files carry their author in their properties, as real ones do,
so that cleaning a panel copy has something to clean.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Literal

import docx
import typst
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK

from panel_app.demo import charts

PaperKind = Literal["pdf", "docx", "png", "jpg", "md", "txt"]

WRITTEN = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
"""When every paper says that it was written: a fixed instant, so that bytes are the same each time."""


@dataclass(frozen=True)
class Document:
    """A text with a title. `body`: `## ` headings, `- ` and `1. ` lists, `| a | b |` tables, `---` a new page."""

    title: str
    body: str


@dataclass(frozen=True)
class LogExcerpt:
    """Numbered lines of a log, `every` seconds apart; `patterns` take turns, `events` stand at given line numbers."""

    title: str
    start: datetime
    every: int
    lines: int
    patterns: tuple[str, ...]
    events: Mapping[int, str]


Content = Document | LogExcerpt | charts.Chart


@dataclass(frozen=True)
class Paper:
    """One file to be made: its kind, who wrote it, and what is in it."""

    kind: PaperKind
    author: str
    content: Content


@dataclass(frozen=True)
class Block:
    """A piece of a document's body: a heading, paragraph, list, table or the start of a new page."""

    kind: Literal["heading", "paragraph", "bullets", "steps", "table", "page"]
    rows: tuple[tuple[str, ...], ...]


def make(spec: Paper) -> bytes:
    """The bytes of a paper's file. Raises ValueError when the kind can't hold that content."""
    return MAKERS[spec.kind](spec)


def blocks(body: str) -> tuple[Block, ...]:
    """A body as blocks, in order. Lines of one kind that follow each other form one block; a blank line ends it."""
    found: list[Block] = []
    for kind, lines in groupby(body.strip().splitlines(), key=_kind_of_line):
        match kind:
            case "blank":
                continue
            case "heading" | "page":
                found += [Block(kind, ((line[3:].strip(),),)) for line in lines]
            case "table":
                found.append(Block(kind, tuple(_cells(line) for line in lines)))
            case "bullets" | "steps":
                found.append(Block(kind, tuple((re.sub(r"^(-|\d+\.) ", "", line),) for line in lines)))
            case _:
                found.append(Block("paragraph", ((" ".join(lines),),)))
    return tuple(found)


def _kind_of_line(line: str) -> Literal["blank", "heading", "page", "table", "bullets", "steps", "paragraph"]:
    if not line.strip():
        return "blank"
    if line.startswith("## "):
        return "heading"
    if line == "---":
        return "page"
    if line.startswith("|"):
        return "table"
    if line.startswith("- "):
        return "bullets"
    return "steps" if re.match(r"\d+\. ", line) else "paragraph"


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


# PDF

TYPST = rb"""
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, author: (paper.author,), keywords: ("evidence",), date: datetime(
  year: paper.year, month: paper.month, day: paper.day))
#set page(paper: "a4", margin: (x: 2.4cm, y: 2.6cm), numbering: "1")
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en")
#set par(justify: true, leading: 0.7em)
#set table(stroke: 0.5pt + luma(170), inset: 5pt)
#show heading: set block(above: 1.4em, below: 0.8em)
#align(left, text(size: 17pt, weight: "bold", paper.title))
#v(0.6em)
#for block in paper.blocks {
  let first = block.rows.first().first()
  if block.kind == "heading" { heading(level: 2, first) }
  else if block.kind == "page" { pagebreak() }
  else if block.kind == "paragraph" { par(first) }
  else if block.kind == "bullets" { list(..block.rows.map(row => text(row.first()))) }
  else if block.kind == "steps" { enum(..block.rows.map(row => text(row.first()))) }
  else { table(
    columns: block.rows.first().len(), align: left,
    table.header(..block.rows.first().map(cell => strong(cell))), ..block.rows.slice(1).flatten()) }
}
"""


def _pdf(paper: Paper) -> bytes:
    document = _document(paper)
    described = {
        "title": document.title,
        "author": paper.author,
        "year": WRITTEN.year,
        "month": WRITTEN.month,
        "day": WRITTEN.day,
        "blocks": [{"kind": block.kind, "rows": _even(block.rows)} for block in blocks(document.body)],
    }
    pdf = typst.compile(TYPST, format="pdf", ignore_system_fonts=True, sys_inputs={"paper": json.dumps(described)})
    if not isinstance(pdf, bytes):
        raise ValueError("typst gave no single file")
    return pdf


def _even(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Rows of one length: a short one gets empty cells at its end."""
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]


# DOCX


def _docx(paper: Paper) -> bytes:
    document = _document(paper)
    word = docx.Document()
    word.add_heading(document.title, level=1)
    for block in blocks(document.body):
        _write_block(word, block)
    about = word.core_properties
    about.author = about.last_modified_by = paper.author
    about.title = document.title
    about.comments = f"Draft by {paper.author}"
    about.created = about.modified = WRITTEN.replace(tzinfo=None)
    raw = io.BytesIO()
    word.save(raw)
    return _with_fixed_times(raw.getvalue())


def _write_block(word: WordDocument, block: Block) -> None:
    first = block.rows[0][0]
    match block.kind:
        case "heading":
            word.add_heading(first, level=2)
        case "page":
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case "paragraph":
            word.add_paragraph(first)
        case "bullets" | "steps":
            style = "List Bullet" if block.kind == "bullets" else "List Number"
            for row in block.rows:
                word.add_paragraph(row[0], style=style)
        case "table":
            rows = _even(block.rows)
            table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
            for cells, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(cells.cells, texts, strict=True):
                    cell.text = text


def _with_fixed_times(archive: bytes) -> bytes:
    """The same ZIP with one time on every member: python-docx stamps the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# Text


def _markdown(paper: Paper) -> bytes:
    document = _document(paper)
    return f"# {document.title}\n\n{_ruled(document.body.strip())}\n".encode()


def _ruled(body: str) -> str:
    """Markdown wants a rule under the first row of a table."""
    lines: list[str] = []
    for number, line in enumerate(body.splitlines()):
        lines.append(line)
        follows_table = number > 0 and body.splitlines()[number - 1].startswith("|")
        if line.startswith("|") and not follows_table:
            lines.append("|" + " --- |" * len(_cells(line)))
    return "\n".join(lines)


def _text(paper: Paper) -> bytes:
    if isinstance(paper.content, LogExcerpt):
        return "\n".join([paper.content.title, "", *_log_lines(paper.content), ""]).encode()
    document = _document(paper)
    return f"{document.title}\n{'=' * len(document.title)}\n\n{document.body.strip()}\n".encode()


def _log_lines(log: LogExcerpt) -> Iterator[str]:
    for number in range(1, log.lines + 1):
        when = log.start + timedelta(seconds=log.every * (number - 1))
        said = log.events.get(number) or _filled(log.patterns[number % len(log.patterns)], f"{log.title}:{number}")
        yield f"{number:4d}  {when:%Y-%m-%dT%H:%M:%SZ}  {said}"


def _filled(pattern: str, seed: str) -> str:
    """A pattern with figures that look drawn but follow from the seed alone."""
    drawn = hashlib.sha256(seed.encode()).digest()
    return pattern.format(
        id=10_000 + int.from_bytes(drawn[:3]) % 90_000,
        score=f"0.{70 + drawn[3] % 30}",
        low=20 + drawn[4] % 40,
        ms=400 + int.from_bytes(drawn[5:7]) % 1_800,
    )


# Pictures


def _picture(paper: Paper) -> bytes:
    if not isinstance(paper.content, charts.Chart):
        raise ValueError(f"A {paper.kind} needs a chart")
    return charts.draw(paper.content, author=paper.author, written=WRITTEN, jpeg=paper.kind == "jpg")


def _document(paper: Paper) -> Document:
    if not isinstance(paper.content, Document):
        raise ValueError(f"A {paper.kind} needs a document")
    return paper.content


MAKERS: Mapping[PaperKind, Callable[[Paper], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "png": _picture,
    "jpg": _picture,
    "md": _markdown,
    "txt": _text,
}
