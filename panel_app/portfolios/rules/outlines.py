"""What a rubric asks of a portfolio: its sections, limits and required domains."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MIB = 1024 * 1024
# Taken only where a rubric from before these limits leaves one out.
FALLBACK_MB = 50


@dataclass(frozen=True)
class Section:
    """One section: its id in the rubric, title, what it asks, the most words, and whether it may stay empty."""

    id: str
    title: str
    asks: str
    max_words: int | None
    required: bool


@dataclass(frozen=True)
class Outline:
    """Sections in order; sizes in bytes; codes of the domains that something must show."""

    sections: tuple[Section, ...]
    min_evidence: int
    max_files: int
    max_file_bytes: int
    max_total_bytes: int
    required_domains: tuple[str, ...]

    def section(self, name: str) -> Section | None:
        """The section with this id, or none."""
        return next((each for each in self.sections if each.id == name), None)


def outline_of(portfolio: Mapping[str, Any]) -> Outline:
    """Read the `portfolio` part of a rubric. KeyError where it names no sections."""
    sections = tuple(
        Section(each["id"], each["title"], each.get("asks", ""), each.get("max_words"), each.get("required", True))
        for each in portfolio["sections"]
    )
    file_mb = portfolio.get("max_file_mb", FALLBACK_MB)
    files = portfolio.get("max_files", 40)
    return Outline(
        sections=sections,
        min_evidence=portfolio.get("min_evidence", 0),
        max_files=files,
        max_file_bytes=file_mb * MIB,
        max_total_bytes=portfolio.get("max_total_mb", file_mb * files) * MIB,
        required_domains=tuple(portfolio.get("required_domains", ())),
    )
