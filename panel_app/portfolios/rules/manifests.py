"""Manifests: everything of one submission as canonical JSON (RFC 8785); its SHA-256 is the receipt.

A manifest names no one: the names that files had on the candidate's machine stand in a list of their own, on the
identity side, and the manifest holds that list's SHA-256. So the receipt covers the names too.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import rfc8785

FORMAT = 1


@dataclass(frozen=True)
class SubmittedSection:
    """A section as it was submitted."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class SubmittedPiece:
    """A piece as it was submitted; `sha256` and `size` in bytes for a file, `link` for a link."""

    key: str
    label: str
    kind: str
    shows: str
    mappings: Mapping[str, str]
    sha256: str | None
    size: int | None
    link: str | None


@dataclass(frozen=True)
class Manifest:
    """What one submission holds."""

    reference: str
    number: int
    submitted_at: str
    rubric: str
    sections: Sequence[SubmittedSection]
    pieces: Sequence[SubmittedPiece]
    names_sha256: str


def names_list(names: Mapping[str, str], salt: str) -> str:
    """Label -> typed name as canonical JSON. The salt keeps the list's hash from being guessed."""
    return canonical({"names": dict(names), "salt": salt})


def write(manifest: Manifest) -> str:
    """The canonical text; each section carries the SHA-256 of its text."""
    sections = [{**asdict(each), "sha256": sha256(each.text)} for each in manifest.sections]
    pieces = [{**asdict(each), "mappings": dict(each.mappings)} for each in manifest.pieces]
    whole = {**asdict(manifest), "sections": sections, "pieces": pieces, "format": FORMAT}
    return canonical(whole)


def read(text: str) -> Manifest:
    """The manifest that `write` wrote. Raises ValueError for another format."""
    raw = json.loads(text)
    if raw["format"] != FORMAT:
        raise ValueError(f"manifest of format {raw['format']}")
    sections = tuple(SubmittedSection(each["id"], each["title"], each["text"]) for each in raw["sections"])
    pieces = tuple(SubmittedPiece(**each) for each in raw["pieces"])
    return Manifest(
        raw["reference"], raw["number"], raw["submitted_at"], raw["rubric"], sections, pieces, raw["names_sha256"]
    )


def canonical(value: Any) -> str:
    """RFC 8785: one text for one content."""
    return rfc8785.dumps(value).decode()


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
