"""What the sheet's page prints: frozen rows made of the blind view, the rubric and the sheet's values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext

from panel_app import clock
from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown
from panel_app.foundation.words import N_, Sentence
from panel_app.portfolios.blind import BlindCopy, BlindPiece, BlindPortfolio
from panel_app.portfolios.rules.drafts import Relation
from panel_app.scoring.forms import field_id
from panel_app.scoring.queries.sheets import SheetCriterion
from panel_app.scoring.rules.completeness import Missing, Values, done, is_begun
from panel_app.scoring.rules.fields import PART_TITLES, UNJUDGED, Part, SheetField, Unacceptable
from panel_app.scoring.rules.references import parsed, words
from panel_app.scoring.services import Clash

TEXT_KINDS = ("docx", "markdown", "text")
PICTURE_KINDS = ("png", "jpeg")
KIND_NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "markdown": "Markdown",
    "text": "Text",
    "png": "PNG",
    "jpeg": "JPEG",
    "link": "Link",
}


@dataclass(frozen=True)
class LevelRow:
    """A level card: the published words."""

    number: int
    name: str
    words: str


@dataclass(frozen=True)
class CriterionRow:
    """A criterion's part of the page. `state`: done, begun or open; `next_words`: for the button that leads on."""

    code: str
    title: str
    asks: str
    weight: int
    state: str
    levels: tuple[LevelRow, ...]
    references: tuple[str, ...]
    next_anchor: str
    next_words: str


@dataclass(frozen=True)
class FrontRow:
    """The picture of a first page: its address, its sides in pixels, and of how many pages it is the first."""

    href: str
    width: int
    height: int
    pages: int


@dataclass(frozen=True)
class PieceRow:
    """A piece of evidence. `shown_as`: pdf, text, picture, link or missing; `maps`: code, and if it only touches.

    `copy_key`: empty where there is no file; `front`: of a PDF, where its first page has a picture.
    """

    label: str
    kind: str
    shows: str
    maps: tuple[tuple[str, bool], ...]
    shown_as: str
    href: str
    text_href: str
    copy_key: str
    front: FrontRow | None


@dataclass(frozen=True)
class ClashRow:
    """A field with two texts: yours stands in the box, theirs is kept on the sheet. `said` tells when."""

    field: str
    id: str
    theirs: str
    theirs_words: str
    revision: int
    said: str


@dataclass(frozen=True)
class GapRow:
    """Something that is missing, with a link to its field."""

    href: str
    words: str


@dataclass(frozen=True)
class SheetPage:
    """Everything that the sheet's page prints beside its form."""

    key: str
    reference: str
    portfolio_key: str
    criteria: tuple[CriterionRow, ...]
    done: int
    due: Shown
    saved: str
    revision: int
    blind: BlindPortfolio
    pieces: tuple[PieceRow, ...]
    clashes: Mapping[str, ClashRow]
    gaps: tuple[GapRow, ...]


def criterion_rows(criteria: Sequence[SheetCriterion], values: Values) -> tuple[CriterionRow, ...]:
    """The criteria in order, each with the way to the next."""
    ways = [*((each.code, gettext("Next: %(code)s", code=each.code)) for each in criteria[1:]), _finish()]
    finished = done(values, [each.scale for each in criteria])
    return tuple(
        CriterionRow(
            code=each.code,
            title=each.title,
            asks=each.asks,
            weight=each.weight,
            state="done" if each.code in finished else "begun" if is_begun(values, each.scale) else "open",
            levels=tuple(LevelRow(level.points, level.label, level.descriptor) for level in each.levels),
            references=reference_words(values[SheetField(each.code, Part.REFERENCES).name]),
            next_anchor=anchor,
            next_words=words,
        )
        for each, (anchor, words) in zip(criteria, ways, strict=True)
    )


def reference_words(value: str) -> tuple[str, ...]:
    """A references field as sentences; none for a value that can't be read, which its own page holds."""
    try:
        return tuple(say(words(each)) for each in parsed(value))
    except Unacceptable:
        return ()


def _finish() -> tuple[str, str]:
    return "finish", gettext("Next: note and submit")


def piece_rows(blind: BlindPortfolio) -> tuple[PieceRow, ...]:
    """The evidence, by its neutral labels."""
    return tuple(_piece(piece) for piece in blind.evidence)


def _piece(piece: BlindPiece) -> PieceRow:
    copy = piece.copy_key
    return PieceRow(
        label=piece.label,
        kind=KIND_NAMES.get(piece.kind, piece.kind),
        shows=piece.shows,
        maps=tuple((code, how is Relation.TOUCHES) for code, how in sorted(piece.mappings.items())),
        shown_as=_shown_as(piece),
        href=piece.link or (url_for("blind.copy", copy_key=copy) if copy else ""),
        text_href=url_for("blind.copy_text", copy_key=copy) if copy and piece.kind in TEXT_KINDS else "",
        copy_key=copy or "",
        front=_front(piece.copy),
    )


def _front(copy: BlindCopy | None) -> FrontRow | None:
    if copy is None or copy.sides is None or copy.pages is None:
        return None
    return FrontRow(url_for("blind.front", copy_key=copy.key), *copy.sides, copy.pages)


def _shown_as(piece: BlindPiece) -> str:
    if piece.link:
        return "link"
    if piece.copy_key is None:
        return "missing"
    return "text" if piece.kind in TEXT_KINDS else "picture" if piece.kind in PICTURE_KINDS else "pdf"


def clash_rows(clashes: Sequence[Clash], zone: str) -> dict[str, ClashRow]:
    """Field name → both texts."""
    return {
        each.field: ClashRow(
            field=each.field,
            id=field_id(each.field),
            theirs=each.theirs,
            theirs_words=each.theirs or gettext("nothing"),
            revision=each.revision,
            said=clash_words(each.saved_at, zone),
        )
        for each in clashes
    }


def clash_words(saved_at: datetime, zone: str) -> str:
    """What stands above two texts."""
    text = N_("This was changed on another page (%(time)s). Both are here: choose the one that stays.")
    return str(gettext(text, time=time_words(saved_at, zone)))


def gap_rows(gaps: Sequence[Missing], refused: Mapping[str, Sentence]) -> tuple[GapRow, ...]:
    """What was not taken, then what is missing, in the order of the page."""
    found = [*refused.items(), *((gap.field, gap.sentence) for gap in gaps)]
    return tuple(GapRow(f"#{field_id(name)}", say(sentence)) for name, sentence in found)


def field_titles() -> dict[str, str]:
    """What each part of a sheet is called, for a list that a device makes of what it holds; and "can't judge"."""
    return {
        **{part.value: gettext(title) for part, title in PART_TITLES.items()},
        f"={UNJUDGED}": gettext("can't judge"),
    }


def saved_words(saved_at: datetime, revision: int, zone: str) -> str:
    """What is saved and when, in the reader's own time."""
    if revision == 0:
        return str(gettext("Nothing to save yet"))
    return str(gettext("Saved %(time)s", time=time_words(saved_at, zone)))


def time_words(instant: datetime, zone: str) -> str:
    """`21:04`, with the day when it isn't today; in the reader's own zone."""
    local, today = instant.astimezone(ZoneInfo(zone)), clock.now().astimezone(ZoneInfo(zone))
    return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%a} {local.day} {local:%b %H:%M}"
