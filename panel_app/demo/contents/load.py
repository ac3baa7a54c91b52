"""Reads the data files of the demo round, each once per process, and checks their types by the shapes."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import TypeAdapter

from panel_app.demo.charts import Chart
from panel_app.demo.contents.shapes import (
    DemoEvidence,
    DemoMember,
    DemoModeration,
    DemoPortfolio,
    DemoSheet,
    DemoStaff,
)
from panel_app.demo.papers import Document, LogExcerpt, Paper

Data = Mapping[str, object]
"""A table of a TOML file, before its types are checked."""

HERE = files("panel_app.demo.contents")
SLOTS = ("first", "second", "third")

ROWS = TypeAdapter(tuple[dict[str, object], ...])
TABLE = TypeAdapter(dict[str, object])
PORTFOLIO = TypeAdapter(DemoPortfolio)
EVIDENCE = TypeAdapter(DemoEvidence)
PAPER = TypeAdapter(Paper)
MEMBER = TypeAdapter(DemoMember)
STAFF = TypeAdapter(DemoStaff)
SHEET = TypeAdapter(DemoSheet)
MODERATION = TypeAdapter(DemoModeration)
CONTENT = TypeAdapter(Document | LogExcerpt | Chart)


@cache
def portfolios() -> tuple[DemoPortfolio, ...]:
    """All portfolios: those of the earlier round (keys e01 …), then those of the current one (p01 …)."""
    return tuple(_portfolio(name, data) for name, data in _tables(HERE) if name[0] in "ep" and name[1:].isdigit())


def portfolio(key: str) -> DemoPortfolio:
    """One portfolio by its key, such as p07. Raises KeyError when there is none."""
    return {each.key: each for each in portfolios()}[key]


@cache
def members() -> tuple[DemoMember, ...]:
    """The panel members, in the order of their file; keys m01 …"""
    rows = ROWS.validate_python(_read(HERE / "members.toml")["member"])
    return tuple(
        MEMBER.validate_python({**row, "key": f"m{number:02d}", "person": _person(row)})
        for number, row in enumerate(rows, start=1)
    )


@cache
def staff() -> tuple[DemoStaff, ...]:
    """Coordinators, moderator, signers, admin and observer."""
    rows = ROWS.validate_python(_read(HERE / "staff.toml")["staff"])
    return tuple(STAFF.validate_python({**row, "person": _person(row)}) for row in rows)


@cache
def sheets() -> tuple[DemoSheet, ...]:
    """The written score sheets, by portfolio and then first, second, third."""
    found = []
    for key, data in _tables(HERE / "sheets"):
        for slot in SLOTS:
            if slot in data:
                scores = TABLE.validate_python(data[slot])
                note = scores.pop("note", "")
                row = {"portfolio": key, "slot": slot, "scores": scores, "note": note}
                found.append(SHEET.validate_python(row))
    return tuple(found)


@cache
def moderated() -> tuple[DemoModeration, ...]:
    """What a moderator answered to a case, where that was written."""
    found = []
    for key, data in _tables(HERE / "sheets"):
        if "moderated" in data:
            levels = TABLE.validate_python(data["moderated"])
            reason = levels.pop("reason")
            found.append(MODERATION.validate_python({"portfolio": key, "reason": reason, "levels": levels}))
    return tuple(found)


def _portfolio(key: str, data: Data) -> DemoPortfolio:
    candidate = TABLE.validate_python(data["candidate"])
    rows = ROWS.validate_python(data["evidence"])
    evidence = tuple(_evidence(row, author=str(candidate["name"])) for row in rows)
    return PORTFOLIO.validate_python({**data, "key": key, "sections": _sections(data), "evidence": evidence})


def _sections(data: Data) -> dict[str, str]:
    return {section: str(text).strip() for section, text in TABLE.validate_python(data["sections"]).items()}


def _evidence(row: dict[str, object], *, author: str) -> DemoEvidence:
    """One piece of evidence; what the file is made of stands beside it in the row. An unknown key is refused."""
    about = {key: row.pop(key, ()) for key in ("kind", "name", "what", "shows", "touches")}
    about["url"] = row.pop("url", None)
    about["paper"] = PAPER.validate_python(_paper(row, about["kind"], author)) if row else None
    if row:
        raise ValueError(f"{about['name']}: unknown keys {sorted(row)}")
    return EVIDENCE.validate_python(about)


def _paper(row: dict[str, object], kind: object, author: str) -> Data:
    """What makes the file, taken out of the row: a chart, a log or a body under a title."""
    if "chart" in row:
        content = TABLE.validate_python(row.pop("chart"))
        content["series"] = tuple(TABLE.validate_python(content["series"]).items())
    elif "log" in row:
        content = {**TABLE.validate_python(row.pop("log")), "title": row.pop("title")}
    else:
        content = {key: row.pop(key) for key in ("title", "body")}
    return {"kind": kind, "author": author, "content": CONTENT.validate_python(content)}


def _person(row: Data) -> dict[str, object]:
    return {key: row[key] for key in ("name", "email", "organisation")}


def _tables(folder: Traversable) -> list[tuple[str, Data]]:
    """The TOML files of a folder by their names without the ending, in order."""
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return [(file.name.removesuffix(".toml"), _read(file)) for file in sorted(found, key=lambda file: file.name)]


def _read(file: Traversable) -> Data:
    return tomllib.loads(file.read_text(encoding="utf-8"))
