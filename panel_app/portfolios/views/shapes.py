"""Rows as templates print them: instants in words, counts, states; no arithmetic is left to a page."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.files.bounds import in_words
from panel_app.foundation.files.registry import KINDS
from panel_app.foundation.saying import listed, say
from panel_app.foundation.times import Shown, shown
from panel_app.portfolios.queries.drafts import DraftPage, PieceRow, PortfolioRow
from panel_app.portfolios.rules.coverage import Coverage, coverage
from panel_app.portfolios.rules.coverage import in_words as coverage_words
from panel_app.portfolios.rules.drafts import Missing, Standing, missing, standing, thin_domains
from panel_app.portfolios.rules.outlines import Section
from panel_app.portfolios.rules.statuses import PORTFOLIO
from panel_app.portfolios.rules.texts import count_words


@dataclass(frozen=True)
class Task:
    """A line of the task list."""

    href: str
    name: str
    count: str
    label: str
    tone: str
    thin: str | None


@dataclass(frozen=True)
class Grid:
    """The coverage picture in words of the reader's language."""

    columns: tuple[object, ...]
    rows: tuple[object, ...]
    sentence: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Status:
    """Where a thing stands: words and tone."""

    label: str
    tone: str


@dataclass(frozen=True)
class Piece:
    """A piece in the list; `href` leads to its page. `first` and `last` say where it can't move further."""

    key: str
    label: str
    name: str
    about: str
    shows: str
    bears: str
    link: str | None
    is_file: bool
    first: bool
    last: bool


_STANDINGS = MappingProxyType({Standing.EMPTY: "still", Standing.WRITTEN: "good", Standing.TOO_LONG: "bad"})


def instant(at: datetime, zone: str, *, seconds: bool = False) -> Shown:
    """An instant in the round's zone and in the reader's."""
    return shown(at, zone, actor().zone, clock.now(), seconds)


def status_of(row: PortfolioRow) -> Status:
    """The portfolio's status in words."""
    return Status(gettext(PORTFOLIO.title(row.status)), PORTFOLIO.tone(row.status).value)


def words_of(section: Section, words: int) -> str:
    """`640 / 800`, or the number alone where there is no limit or nothing written."""
    return f"{words:,} / {section.max_words:,}" if section.max_words is not None and words else f"{words:,}"


def task(section: Section, text: str, href: str) -> Task:
    """A section's line: how many words, and how far it is."""
    how = standing(section, text)
    labels = {
        Standing.EMPTY: gettext("Not started"),
        Standing.WRITTEN: gettext("Written"),
        Standing.TOO_LONG: gettext("Too long"),
    }
    return Task(href, section.title, words_of(section, count_words(text)), labels[how], _STANDINGS[how], None)


def missing_of(page: DraftPage) -> tuple[Missing, ...]:
    """What is missing, what blocks first."""
    return missing(page.portfolio.outline, page.draft, page.domain_titles)


def grid_of(found: Coverage, required_unshown: tuple[str, ...] | None = None) -> Grid:
    """The picture with its sentence; complete is said only when nothing is left unshown (B135)."""
    unshown = found.unshown if required_unshown is None else required_unshown
    if unshown:
        text = gettext("Nothing shows %(domains)s yet.", domains=listed(unshown, "or"))
    else:
        text = gettext("Every domain that must be shown is shown.")
    return Grid(found.columns, found.rows, text, tuple((name, say(words)) for name, words in found.words))


def coverage_of(page: DraftPage) -> Grid:
    """The candidate's own picture: pieces by their own names over the framework's domains."""
    titles = page.domain_titles
    thin = tuple(
        f"{code} {titles.get(code, '')}".strip() for code in thin_domains(page.portfolio.outline, page.draft.pieces)
    )
    targets = [(each.code, each.title) for each in page.domains]
    return grid_of(coverage(targets, [(f"{row.label} {row.name}", row.mappings) for row in page.pieces]), thin)


def pieces_of(page: DraftPage) -> list[Piece]:
    """The evidence list in order."""
    last = len(page.pieces) - 1
    return [piece_of(row, index == 0, index == last) for index, row in enumerate(page.pieces)]


def piece_of(row: PieceRow, first: bool = True, last: bool = True) -> Piece:
    """One piece in words."""
    kind = gettext(KINDS.named(row.kind).title) if row.kind in {each.name for each in KINDS.all()} else gettext("Link")
    about = f"{kind}, {in_words(row.size)}" if row.size is not None else kind
    return Piece(
        key=row.key,
        label=row.label,
        name=row.name,
        about=about,
        shows=row.shows,
        bears=say(coverage_words(row.mappings)),
        link=row.link,
        is_file=row.link is None,
        first=first,
        last=last,
    )


def count_of_pieces(page: DraftPage) -> str:
    """`2 of at least 3 pieces`, or the number once there are enough."""
    have, least = len(page.pieces), page.portfolio.outline.min_evidence
    if have < least:
        return str(
            ngettext("%(have)s of at least %(num)s piece", "%(have)s of at least %(num)s pieces", least, have=have)
        )
    return str(ngettext("%(num)s piece", "%(num)s pieces", have))
