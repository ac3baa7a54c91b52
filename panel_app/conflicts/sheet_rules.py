"""The two sheets of `panel conflicts check`: text in, facts out; what is wrong is told with file, line and column."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from panel_app.conflicts.rules import (
    About,
    Affiliation,
    CandidateFacts,
    DeclarationFact,
    MemberFacts,
    Mention,
    Strength,
)
from panel_app.names import is_organisation

MEMBER_COLUMNS = ("id", "name", "aliases", "email", "organisation", "former", "links", "vendors", "people", "coached")
CANDIDATE_COLUMNS = (*MEMBER_COLUMNS[:-1], "mentors")
LONGEST_CELL = 16 * 1024 * 1024
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_TEACHES = re.compile(r"\b(?:mentor|coach|trainer|tutor|teacher|instructor|supervisor)s?\b", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")
F = TypeVar("F")


class SheetError(Exception):
    """A sheet is wrong: which file, which line of it (as an editor counts them), which column, what is expected."""

    def __init__(self, file: str, line: int, column: str, expected: str) -> None:
        """Build the sentence."""
        super().__init__(f"{file}, line {line}, column {column}: {expected}")


@dataclass(frozen=True)
class Cell:
    """A cell's text and where it begins."""

    text: str
    file: str
    line: int
    column: str

    def error(self, expected: str, at: int = 0) -> SheetError:
        """Return the error at a place in the text."""
        return SheetError(self.file, self.line + len(_BREAK.findall(self.text[:at])), self.column, expected)


Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Person(Generic[F]):
    """A row of a sheet: its id and facts."""

    id: str
    facts: F


def members_of(content: bytes, file: str) -> list[Person[MemberFacts]]:
    """Read the sheet of members, in order of id. Raises SheetError."""
    return _read(content, file, MEMBER_COLUMNS, _member)


def candidates_of(content: bytes, file: str, recent_from: date) -> list[Person[CandidateFacts]]:
    """Read the sheet of candidates, in order of id; what they left before `recent_from` says nothing.

    Raises SheetError.
    """
    return _read(content, file, CANDIDATE_COLUMNS, lambda row: _candidate(row, recent_from))


def months_ago(today: date, years: int) -> date:
    """Return the first day of this month, some years ago: an end in that month or later is inside."""
    return date(max(today.year - years, 1), today.month, 1)


def _read(content: bytes, file: str, columns: tuple[str, ...], facts: Callable[[Row], F]) -> list[Person[F]]:
    text = _decoded(content, file, columns)
    seen: dict[str, int] = {}
    found = []
    for row in _rows(text, file, columns):
        cell = row["id"]
        key = cell.text.strip()
        if not key:
            raise cell.error("expected an id; this one is empty")
        if key in seen:
            raise cell.error(f"expected an id of its own; {key!r} stands on line {seen[key]} already")
        seen[key] = cell.line
        found.append(Person(key, facts(row)))
    return sorted(found, key=lambda each: each.id)


def _decoded(content: bytes, file: str, columns: tuple[str, ...]) -> str:
    """Decode UTF-8 with or without a mark; an error is told by the cell in which it stands."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        raise _in_text(before, file, columns, "expected text in UTF-8; save the file in this encoding") from None
    if "\0" in text:
        raise _in_text(text[: text.index("\0")], file, columns, "expected text; there is a NUL byte here")
    return text


def _in_text(before: str, file: str, columns: tuple[str, ...], expected: str) -> SheetError:
    """Say where a text was broken off: its last line, and the column that was being read."""
    rows = list(csv.reader(io.StringIO(before, newline=""), strict=False)) or [[]]
    ended = before.endswith(("\n", "\r")) and before.count('"') % 2 == 0
    place = 0 if ended else max(len(rows[-1]) - 1, 0)
    header = rows[0] if len(rows) > 1 or ended else list(columns)
    name = header[place].strip() if place < len(header) else columns[min(place, len(columns) - 1)]
    return SheetError(file, len(_BREAK.findall(before)) + 1, name or columns[0], expected)


def _rows(text: str, file: str, columns: tuple[str, ...]) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise SheetError(file, line, (header or columns)[0], f"expected a row of CSV: {error}") from None
        if cells is None:
            break
        if not header:
            header = _header(cells, file, line, columns)
        elif cells:
            yield _row(cells, file, line, header)
        line = reader.line_num + 1
    if not header:
        raise SheetError(file, 1, columns[0], f"expected a first line with the columns {','.join(columns)}")


def _header(cells: list[str], file: str, line: int, columns: tuple[str, ...]) -> list[str]:
    names = [cell.strip() for cell in cells]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise SheetError(file, line, name, "expected each column once; this one is there twice")
        if name not in columns:
            raise SheetError(file, line, name or f"number {place + 1}", f"expected one of {','.join(columns)}")
    for name in columns:
        if name not in names:
            raise SheetError(file, line, name, f"expected this column; it is missing. All are: {','.join(columns)}")
    return names


def _row(cells: list[str], file: str, line: int, header: list[str]) -> Row:
    if len(cells) < len(header):
        many = f"expected {len(header)} cells; this row has {len(cells)}"
        raise SheetError(file, line, header[len(cells)], many)
    if len(cells) > len(header):
        raise SheetError(file, line, header[-1], f"expected {len(header)} cells; this row has {len(cells)}")
    row = {}
    for name, text in zip(header, cells, strict=True):
        row[name] = Cell(text, file, line, name)
        line += len(_BREAK.findall(text))
    return row


def _member(row: Row) -> MemberFacts:
    names, emails = _names_and_addresses(row)
    return MemberFacts(
        names=names[:1],
        aliases=names[1:],
        emails=emails,
        organisations=_affiliations(row),
        declarations=tuple(_declaration(each) for each in _people(row["people"])),
        links=_items(row["links"]),
        vendors=_items(row["vendors"]),
        coached=_items(row["coached"]),
    )


def _declaration(person: Mention) -> DeclarationFact:
    """Without a relation it is a free text, and needs a decision."""
    strength = Strength.BARRED if person.role else Strength.DECISION
    return DeclarationFact(About.PERSON, person.name, person.role, strength=strength)


def _candidate(row: Row, recent_from: date) -> CandidateFacts:
    names, emails = _names_and_addresses(row)
    people = _people(row["people"])
    return CandidateFacts(
        names=names,
        recent_from=recent_from,
        emails=emails,
        organisations=_affiliations(row),
        mentions=people,
        links=_items(row["links"]),
        vendors=_items(row["vendors"]),
        mentors=(*_items(row["mentors"]), *(each.name for each in people if _TEACHES.search(each.role))),
    )


def _names_and_addresses(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The name, other names, and addresses: an alias with @ is an address."""
    aliases = _items(row["aliases"])
    name = " ".join(row["name"].text.split())
    names = (*([name] if name else []), *(alias for alias in aliases if "@" not in alias))
    return names, (*_items(row["email"]), *(alias for alias in aliases if "@" in alias))


def _affiliations(row: Row) -> tuple[Affiliation, ...]:
    return (*(Affiliation(name) for name in _items(row["organisation"])), *_former(row["former"]))


def _former(cell: Cell) -> Iterator[Affiliation]:
    for item, at in _placed_items(cell):
        name, sign, month = item.rpartition("@")
        if not sign and not is_organisation(item):
            continue
        found = _MONTH.fullmatch(month.strip()) if sign else None
        if found is None or found.group(1) == "0000":
            raise cell.error(f"expected Organisation@YYYY-MM, the month it ended; this is {item!r}", at)
        if name.strip():
            yield Affiliation(" ".join(name.split()), _last_day(int(found.group(1)), int(found.group(2))))


def _last_day(year: int, month: int) -> date:
    if (year, month) == (9999, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _people(cell: Cell) -> tuple[Mention, ...]:
    found = []
    for item in _items(cell):
        role, sign, name = item.partition(":")
        person = name.strip() if sign else item
        if person:
            found.append(Mention(person, role.strip() if sign else ""))
    return tuple(found)


def _items(cell: Cell) -> tuple[str, ...]:
    return tuple(item for item, _ in _placed_items(cell))


def _placed_items(cell: Cell) -> Iterator[tuple[str, int]]:
    """The items of a list with their places in the cell."""
    place = 0
    for part in cell.text.split("|"):
        if item := " ".join(part.split()):
            yield item, place + len(part) - len(part.lstrip())
        place += len(part) + 1


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
