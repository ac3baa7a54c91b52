"""A draft as its candidate's pages print it: the task list, one section, and what a submission would hold."""

from dataclasses import dataclass

from flask import url_for

from panel_app.foundation.actors import actor
from panel_app.foundation.times import Shown, to_wall
from panel_app.portfolios.queries.drafts import DraftPage, SubmissionRow, TextRow
from panel_app.portfolios.rules.drafts import Missing, Summed, blocking, summed
from panel_app.portfolios.views import shapes


@dataclass(frozen=True)
class TaskList:
    """What the task list shows beside the portfolio itself. `last` is the last submission, `submitted` its time."""

    status: shapes.Status
    closes: Shown
    release: Shown
    tasks: list[shapes.Task]
    pieces: list[shapes.Piece]
    count: str
    coverage: shapes.Grid
    missing: tuple[Summed, ...]
    last: SubmissionRow | None
    submitted: Shown | None


@dataclass(frozen=True)
class WrittenSection:
    """A section as it is stored; `saved` is the time of day of the last save, None before the first."""

    stored: TextRow
    saved: str | None
    closes: Shown


@dataclass(frozen=True)
class ReadyToSubmit:
    """What a submission would hold and lack; `blocks` where something must be mended first."""

    missing: tuple[Missing, ...]
    blocks: bool
    tasks: list[shapes.Task]
    pieces: list[shapes.Piece]
    count: str
    last: SubmissionRow | None
    closes: Shown


def task_list(page: DraftPage) -> TaskList:
    """Sections, evidence and what it shows, what is missing, dates."""
    row, last = page.portfolio, _last(page)
    return TaskList(
        status=shapes.status_of(row),
        closes=shapes.instant(row.closes_at, row.zone),
        release=shapes.instant(row.release_at, row.zone),
        tasks=_tasks(page),
        pieces=shapes.pieces_of(page),
        count=shapes.count_of_pieces(page),
        coverage=shapes.coverage_of(page),
        missing=summed(row.outline, page.draft),
        last=last,
        submitted=shapes.instant(last.submitted_at, row.zone, seconds=True) if last else None,
    )


def written_section(page: DraftPage, section: str) -> WrittenSection:
    """One section as it stands."""
    stored = page.text(section)
    saved = to_wall(stored.saved_at, actor().some_zone)[11:] if stored.saved_at else None
    return WrittenSection(stored, saved, shapes.instant(page.portfolio.closes_at, page.portfolio.zone))


def ready_to_submit(page: DraftPage) -> ReadyToSubmit:
    """What stands between the draft and its submission."""
    missing = shapes.missing_of(page)
    return ReadyToSubmit(
        missing=missing,
        blocks=bool(blocking(missing)),
        tasks=_tasks(page),
        pieces=shapes.pieces_of(page),
        count=shapes.count_of_pieces(page),
        last=_last(page),
        closes=shapes.instant(page.portfolio.closes_at, page.portfolio.zone),
    )


def _tasks(page: DraftPage) -> list[shapes.Task]:
    """The sections, each with where it stands and the address where it is written."""
    sections = page.portfolio.outline.sections
    return [shapes.task(each, page.text(each.id).text, _address(page, each.id)) for each in sections]


def _last(page: DraftPage) -> SubmissionRow | None:
    return page.submissions[0] if page.submissions else None


def _address(page: DraftPage, section: str) -> str:
    return url_for("portfolios.section", portfolio_key=page.portfolio.key, section=section)
