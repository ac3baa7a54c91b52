"""Invariants of score sheets: what `panel check` recomputes, one query each."""

import hashlib
from collections.abc import Iterator

import rfc8785
from sqlalchemy import exists, func, select

from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import ENDED_STATES, AssignmentState
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.scoring.models import ReviewPlace, ReviewSeed, ScoreSheet, SheetReport, SheetSave, SubmittedVersion
from panel_app.scoring.rules.queue import place_of
from panel_app.scoring.rules.reports import PERSONAL, ReportState

S = AssignmentState


@invariant("scoring.submitted")
def submitted_has_version() -> Iterator[str]:
    """A submitted assignment has a submitted version of its sheet."""
    version = exists().where(ScoreSheet.assignment_id == Assignment.id, SubmittedVersion.sheet_id == ScoreSheet.id)
    query = select(Assignment.key).where(Assignment.state == S.SUBMITTED, ~version).order_by(Assignment.id)
    for key in reading().scalars(query):
        yield f"assignment {key} stands submitted, but nothing was submitted"


@invariant("scoring.version-is-latest")
def submitted_sheet_is_unchanged() -> Iterator[str]:
    """A sheet that stands submitted was not saved since its last submission."""
    last = select(func.max(SubmittedVersion.revision)).where(SubmittedVersion.sheet_id == ScoreSheet.id)
    query = (
        select(ScoreSheet.key)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.state == S.SUBMITTED, ScoreSheet.revision != last.scalar_subquery())
        .order_by(ScoreSheet.id)
    )
    for key in reading().scalars(query):
        yield f"sheet {key} was saved after it was submitted"


@invariant("scoring.revision")
def revision_counts_saves() -> Iterator[str]:
    """A sheet's revision is the number of its saves: none is missing from the history."""
    saves = select(func.count()).where(SheetSave.sheet_id == ScoreSheet.id).scalar_subquery()
    query = select(ScoreSheet.key, ScoreSheet.revision, saves).where(ScoreSheet.revision != saves)
    for key, revision, number in reading().execute(query.order_by(ScoreSheet.id)):
        yield f"sheet {key} stands at revision {revision}, but {number} saves are kept"


@invariant("scoring.started-has-sheet")
def started_has_sheet() -> Iterator[str]:
    """An assignment that is being scored has a sheet."""
    sheet = exists().where(ScoreSheet.assignment_id == Assignment.id)
    at_work = (S.SCORING, S.REOPENED, S.SUBMITTED)
    query = select(Assignment.key).where(Assignment.state.in_(at_work), ~sheet).order_by(Assignment.id)
    for key in reading().scalars(query):
        yield f"assignment {key} was started, but has no sheet"


@invariant("scoring.review-place")
def place_follows_from_the_seed() -> Iterator[str]:
    """An assignment stands among those of the same date where its member's seed puts it."""
    query = (
        select(Assignment.key, func.coalesce(ReviewSeed.seed, ""), ReviewPlace.place)
        .join(ReviewPlace, ReviewPlace.assignment_id == Assignment.id)
        .outerjoin(ReviewSeed, ReviewSeed.member_id == Assignment.member_id)
        .order_by(Assignment.id)
    )
    for key, seed, place in reading().execute(query):
        if place != place_of(seed, key):
            yield f"assignment {key} stands at a place that its member's seed does not give"


@invariant("scoring.reports")
def open_report_has_live_reporter() -> Iterator[str]:
    """What an assessor asked for themselves is settled where their assignment has ended."""
    query = (
        select(SheetReport.key)
        .join(Assignment, Assignment.id == SheetReport.assignment_id)
        .where(SheetReport.state == ReportState.OPEN, SheetReport.kind.in_(PERSONAL))
        .where(Assignment.state.in_(ENDED_STATES))
        .order_by(SheetReport.id)
    )
    for key in reading().scalars(query):
        yield f"report {key} is open, but its assignment has ended"


@invariant("scoring.content")
def content_is_as_hashed() -> Iterator[str]:
    """A submitted version holds what was hashed when it was submitted."""
    query = select(ScoreSheet.key, SubmittedVersion.number, SubmittedVersion.content, SubmittedVersion.sha256)
    query = query.join(ScoreSheet, ScoreSheet.id == SubmittedVersion.sheet_id).order_by(SubmittedVersion.id)
    for key, number, content, sha256 in reading().execute(query.execution_options(yield_per=100)):
        if hashlib.sha256(rfc8785.dumps(content)).hexdigest() != sha256:
            yield f"version {number} of sheet {key} is not what was submitted"
