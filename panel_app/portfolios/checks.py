"""What must hold of portfolios at any time (`panel check`), and of their files (`panel doctor`)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, or_, select

from panel_app import clock
from panel_app.foundation.checks import diagnosis, invariant
from panel_app.foundation.database import reading
from panel_app.foundation.files.store import Name, damaged, missing, orphans
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    FrontPage,
    PanelCopy,
    Portfolio,
    PortfolioStatus,
    StoredFile,
    Submission,
)
from panel_app.portfolios.queries.standing_facts import own_deadline
from panel_app.portfolios.queries.stores import store
from panel_app.portfolios.rules import manifests
from panel_app.programmes.models import Round

# The scheduler writes the status down a second after the close; a day without it is a fault.
SETTLED_WITHIN = timedelta(days=1)


@invariant("portfolios.submissions")
def a_status_fits_its_submissions() -> Iterable[str]:
    """What is submitted has a submission and an assessment; a draft or what came too late has none. One statement."""
    submitted = select(Submission.id).where(Submission.portfolio_id == Portfolio.id).correlate(Portfolio).exists()
    assessed = select(Assessment.id).where(Assessment.portfolio_id == Portfolio.id).correlate(Portfolio).exists()
    waits = Portfolio.status.in_([PortfolioStatus.DRAFT, PortfolioStatus.NOT_SUBMITTED])
    lacks = (Portfolio.status == PortfolioStatus.SUBMITTED) & or_(~submitted, ~assessed)
    wrong = select(Portfolio.reference, Portfolio.status).where(or_(waits & submitted, lacks))
    for reference, status in reading().execute(wrong.order_by(Portfolio.id)):
        yield f"{reference} stands as {status.value}, which its submissions and assessments do not bear out"


@invariant("portfolios.rounds")
def an_assessment_is_of_its_portfolio_s_round() -> Iterable[str]:
    """The round that stands on an assessment is its portfolio's. One statement."""
    strayed = select(Portfolio.reference).join(Assessment, Assessment.portfolio_id == Portfolio.id)
    for reference in reading().scalars(strayed.where(Assessment.round_id != Portfolio.round_id).order_by(Portfolio.id)):
        yield f"an assessment of {reference} stands in another round than its portfolio"


@invariant("portfolios.closed")
def drafts_end_with_their_deadline() -> Iterable[str]:
    """No draft stands a day after its own deadline. One statement."""
    late = own_deadline() < clock.now() - SETTLED_WITHIN
    drafts = select(Portfolio.reference).join(Round, Round.id == Portfolio.round_id)
    drafts = drafts.where(Portfolio.status == PortfolioStatus.DRAFT, late)
    for reference in reading().scalars(drafts.order_by(Portfolio.id)):
        yield f"{reference} is a draft although its deadline has passed: does the scheduler run?"


@invariant("portfolios.receipts")
def receipts_fit_their_manifests() -> Iterable[str]:
    """A receipt is the SHA-256 of its manifest. One statement."""
    every = select(Portfolio.reference, Submission.number, Submission.manifest, Submission.sha256)
    every = every.join(Portfolio, Portfolio.id == Submission.portfolio_id).order_by(Submission.id)
    for reference, number, manifest, receipt in reading().execute(every).yield_per(100):
        if manifests.sha256(manifest) != receipt:
            yield f"submission {number} of {reference} does not have the SHA-256 of its receipt"


@invariant("portfolios.copies")
def nothing_is_ready_without_its_panel_copies() -> Iterable[str]:
    """Past `preparing`, every file of the last submission has a panel copy or was left out. One statement."""
    last = select(func.max(Submission.number)).where(Submission.portfolio_id == Portfolio.id).correlate(Portfolio)
    rows = reading().execute(
        select(Portfolio.reference, Evidence.key, Submission.manifest)
        .join(Submission, Submission.portfolio_id == Portfolio.id)
        .join(Assessment, Assessment.portfolio_id == Portfolio.id)
        .join(Evidence, Evidence.portfolio_id == Portfolio.id)
        .join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
        .where(Submission.number == last.scalar_subquery())
        .where(Assessment.status.not_in([AssessmentStatus.PREPARING, AssessmentStatus.ENDED]))
        .where(PanelCopy.state.in_([CopyState.WAITING, CopyState.HELD]))
        .order_by(Portfolio.id, Evidence.number)
    )
    for reference, key, manifest in rows:
        if key in {piece.key for piece in manifests.read(manifest).pieces}:
            yield f"{reference} went on although the panel copy of a piece is not made"


@invariant("portfolios.fronts")
def a_first_page_s_picture_is_of_a_ready_copy() -> Iterable[str]:
    """The picture of a first page is of a copy that is ready, and lies with its portfolio's files. One statement."""
    strayed = (
        select(Portfolio.reference, Evidence.number)
        .join(Evidence, Evidence.portfolio_id == Portfolio.id)
        .join(PanelCopy, PanelCopy.evidence_id == Evidence.id)
        .join(FrontPage, FrontPage.copy_id == PanelCopy.id)
        .join(StoredFile, StoredFile.id == FrontPage.file_id)
        .where(or_(PanelCopy.state != CopyState.READY, StoredFile.portfolio_id != Portfolio.id))
    )
    for reference, number in reading().execute(strayed.order_by(Portfolio.id, Evidence.number)):
        yield f"{reference} E{number:02d} has a picture of a first page that is not that of its ready copy"


@diagnosis("portfolios.files")
def files_and_rows_agree() -> Iterable[str]:
    """Every row has its file, every file its row, and every file the content that its hash says."""
    rows = select(Portfolio.key, StoredFile.sha256).join(Portfolio, Portfolio.id == StoredFile.portfolio_id)
    known = [Name(key, sha256) for key, sha256 in reading().execute(rows.order_by(StoredFile.id))]
    kept = store()
    for name in missing(kept, known):
        yield f"file {name.owner_key}/{name.sha256} is missing: bring it back from a backup"
    for name in damaged(kept):
        yield f"file {name.owner_key}/{name.sha256} is damaged: bring it back from a backup"
    for name in orphans(kept, known):
        yield f"file {name.owner_key}/{name.sha256} belongs to no row: harmless, it can be deleted"
