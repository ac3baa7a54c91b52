"""A portfolio as it stands: what is written, what evidence shows what, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.portfolios.rules.outlines import Outline, Section
from panel_app.portfolios.rules.texts import count_words


class Relation(StrEnum):
    """How strongly a piece bears on a criterion or domain."""

    SHOWS = "shows"
    TOUCHES = "touches"


@dataclass(frozen=True)
class Piece:
    """A piece of evidence for the rules: its label, its sentence, target -> relation."""

    label: str
    shows: str
    mappings: Mapping[str, Relation]


@dataclass(frozen=True)
class Draft:
    """What a portfolio holds: section id -> text, and its pieces in order."""

    texts: Mapping[str, str]
    pieces: Sequence[Piece]


class Standing(StrEnum):
    """How far a section is."""

    EMPTY = "empty"
    WRITTEN = "written"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing. `blocks`: nothing can be submitted without it; else it is said, no more."""

    sentence: Sentence
    blocks: bool
    section: str | None = None
    domain: str | None = None


def standing(section: Section, text: str) -> Standing:
    """How far a section is."""
    words = count_words(text)
    if not words:
        return Standing.EMPTY
    return Standing.TOO_LONG if section.max_words is not None and words > section.max_words else Standing.WRITTEN


def thin_domains(outline: Outline, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Required domains that nothing *shows* (docs/rules.md, Submitting); touching is not enough."""
    shown = {target for piece in pieces for target, how in piece.mappings.items() if how is Relation.SHOWS}
    return tuple(code for code in outline.required_domains if code not in shown)


def missing(outline: Outline, draft: Draft, titles: Mapping[str, str]) -> tuple[Missing, ...]:
    """All that is missing, what blocks first. `titles`: domain code -> title."""
    found = [*_sections(outline, draft), *_pieces(outline, draft), *_thin(outline, draft, titles)]
    return tuple(sorted(found, key=lambda each: not each.blocks))


@dataclass(frozen=True)
class Summed:
    """Several missing things of one kind in one line; `which` names them."""

    sentence: Sentence
    which: str
    blocks: bool


def summed(outline: Outline, draft: Draft) -> tuple[Summed, ...]:
    """What is missing in few lines: sections to write or shorten, pieces to add or describe, thin domains."""
    by_standing: dict[Standing, list[str]] = {each: [] for each in Standing}
    for section in outline.sections:
        how = standing(section, draft.texts.get(section.id, ""))
        if section.required or how is not Standing.EMPTY:
            by_standing[how].append(section.title)
    unfinished = [piece.label for piece in draft.pieces if not piece.shows.strip() or not piece.mappings]
    lines = (
        (N_("Sections to write: %(count)s"), by_standing[Standing.EMPTY], True),
        (N_("Sections that are too long: %(count)s"), by_standing[Standing.TOO_LONG], True),
        (N_("Required domains that nothing shows: %(count)s"), list(thin_domains(outline, draft.pieces)), False),
        (N_("Pieces of evidence to describe: %(count)s"), unfinished, False),
    )
    found = [
        Summed(sentence(text, count=len(names)), ", ".join(names), blocks) for text, names, blocks in lines if names
    ]
    short = outline.min_evidence - len(draft.pieces)
    if short > 0:
        text = N_("Pieces of evidence still needed: %(count)s")
        found.append(Summed(sentence(text, count=short), "", blocks=True))
    return tuple(sorted(found, key=lambda each: not each.blocks))


def blocking(found: Sequence[Missing]) -> tuple[Missing, ...]:
    """What must be there before anything can be submitted."""
    return tuple(each for each in found if each.blocks)


def _sections(outline: Outline, draft: Draft) -> list[Missing]:
    found = []
    for section in outline.sections:
        text = draft.texts.get(section.id, "")
        how = standing(section, text)
        if how is Standing.EMPTY and section.required:
            words = sentence(N_("“%(title)s” is empty."), title=section.title)
            found.append(Missing(words, blocks=True, section=section.id))
        if how is Standing.TOO_LONG and section.max_words is not None:
            words = counting(
                "“%(title)s” is too long: it has %(words)s of at most %(num)s word.",
                "“%(title)s” is too long: it has %(words)s of at most %(num)s words.",
                section.max_words,
                title=section.title,
                words=count_words(text),
            )
            found.append(Missing(words, blocks=True, section=section.id))
    return found


def _pieces(outline: Outline, draft: Draft) -> list[Missing]:
    found = []
    have = len(draft.pieces)
    if have < outline.min_evidence:
        words = counting(
            "You have %(have)s of at least %(num)s piece of evidence.",
            "You have %(have)s of at least %(num)s pieces of evidence.",
            outline.min_evidence,
            have=have,
        )
        found.append(Missing(words, blocks=True))
    for piece in draft.pieces:
        if not piece.shows.strip():
            found.append(Missing(sentence(N_("%(label)s has no sentence on what it shows."), label=piece.label), False))
        if not piece.mappings:
            text = N_("%(label)s is not tied to any criterion or domain.")
            found.append(Missing(sentence(text, label=piece.label), False))
    return found


def _thin(outline: Outline, draft: Draft, titles: Mapping[str, str]) -> list[Missing]:
    text = N_("Nothing shows %(domain)s yet.")
    return [
        Missing(sentence(text, domain=f"{code} {titles.get(code, '')}".strip()), blocks=False, domain=code)
        for code in thin_domains(outline, draft.pieces)
    ]
