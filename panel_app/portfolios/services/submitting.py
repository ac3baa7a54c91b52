"""Submitting: one effect per form key, under the lock, by the pinned instant; and withdrawing."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.portfolios.happenings import PortfolioSubmitted, PortfolioWithdrawn
from panel_app.portfolios.identity import SubmissionNames
from panel_app.portfolios.models import Assessment, AssessmentStatus, Occasion, Portfolio, Submission
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.queries.drafts import DraftPage, draft_page
from panel_app.portfolios.rules import manifests
from panel_app.portfolios.rules.drafts import blocking, missing
from panel_app.portfolios.rules.manifests import Manifest, SubmittedPiece, SubmittedSection
from panel_app.portfolios.rules.statuses import AssessmentStep, PortfolioStep
from panel_app.portfolios.services.copies import expect_copies
from panel_app.portfolios.services.guarding import changing, keeping_late_attempts
from panel_app.portfolios.services.statuses import advance, set_status
from panel_app.programmes.models import RubricPart

INCOMPLETE = N_("This can't be submitted yet. The page lists what is missing: add it, then submit.")
WITHDRAWN = N_("The candidate withdrew the portfolio.")


@dataclass(frozen=True)
class Submitted:
    """One submit: its number, its instant in UTC, and the receipt: the SHA-256 of the manifest."""

    id: int
    key: str
    number: int
    submitted_at: datetime
    sha256: str


def submit_portfolio(actor: Actor, key: str, form_key: str) -> Submitted:
    """Submit what stands in the draft now. The same `form_key` again gives the same submission and changes nothing.

    Raises Refused: after the deadline, when something that may not be missing is, and to anyone but the owner.
    """
    token = hashlib.sha256(f"{key}:{form_key}".encode()).hexdigest()
    with keeping_late_attempts(actor, PortfolioAct.SUBMIT, key), transaction() as db:
        portfolio = locked(db, Portfolio, key=key)
        must(can(actor, PortfolioAct.READ, key))
        if (done := db.scalars(select(Submission).filter_by(form_key=token)).one_or_none()) is not None:
            return _as_row(done)
        must(can(actor, PortfolioAct.SUBMIT, key))
        page = draft_page(key)
        if portfolio is None or page is None:
            raise Refused(NOT_FOUND)
        if blocking(missing(page.portfolio.outline, page.draft, page.domain_titles)):
            raise Refused(INCOMPLETE, moment=True)
        submission = _add_submission(db, portfolio, page, token)
        set_status(portfolio, PortfolioStep.SUBMIT, by=actor)
        _prepare(db, portfolio, page, by=actor)
        record(
            PortfolioSubmitted(
                portfolio_id=portfolio.id,
                round_id=portfolio.round_id,
                submission_id=submission.id,
                number=submission.number,
                receipt=submission.sha256,
            ),
            by=actor,
        )
        return _as_row(submission)


def withdraw_portfolio(actor: Actor, key: str) -> None:
    """Take a portfolio back, draft or submitted; its assessments end, what was submitted stays kept.

    Raises Refused, or NotFromHere when its result was released in this very moment.
    """
    with changing(actor, PortfolioAct.WITHDRAW, key) as (db, portfolio):
        set_status(portfolio, PortfolioStep.WITHDRAW, by=actor)
        living = select(Assessment.id, Assessment.status).where(Assessment.portfolio_id == portfolio.id)
        for assessment_id, status in db.execute(living.order_by(Assessment.id)).all():
            if status is not AssessmentStatus.ENDED:  # one that was released since refuses the whole act
                advance(assessment_id, AssessmentStep.END, by=actor, reason=WITHDRAWN)
        record(PortfolioWithdrawn(portfolio_id=portfolio.id, round_id=portfolio.round_id), by=actor)


def _add_submission(db: Session, portfolio: Portfolio, page: DraftPage, token: str) -> Submission:
    number = (db.scalar(select(func.max(Submission.number)).filter_by(portfolio_id=portfolio.id)) or 0) + 1
    own_names = {row.label: row.name for row in page.pieces if row.link is None}
    names = manifests.names_list(own_names, secrets.token_hex(16))
    manifest = manifests.write(_manifest(page, number, manifests.sha256(names)))
    submission = Submission(
        key=new_key(),
        portfolio_id=portfolio.id,
        number=number,
        submitted_at=clock.now(),
        manifest=manifest,
        sha256=manifests.sha256(manifest),
        form_key=token,
    )
    db.add(submission)
    db.flush()
    db.add(SubmissionNames(submission_id=submission.id, names=names))
    return submission


def _manifest(page: DraftPage, number: int, names_sha256: str) -> Manifest:
    row = page.portfolio
    sections = [SubmittedSection(each.id, each.title, page.text(each.id).text) for each in row.outline.sections]
    pieces = [
        SubmittedPiece(
            key=piece.key,
            label=piece.label,
            kind=piece.kind,
            shows=piece.shows,
            mappings={target: how.value for target, how in piece.mappings.items()},
            sha256=piece.sha256,
            size=piece.size,
            link=piece.link,
        )
        for piece in page.pieces
    ]
    return Manifest(
        reference=row.reference,
        number=number,
        submitted_at=clock.now().isoformat(timespec="seconds"),
        rubric=f"{row.programme} {row.rubric_version}",
        sections=sections,
        pieces=pieces,
        names_sha256=names_sha256,
    )


def _prepare(db: Session, portfolio: Portfolio, page: DraftPage, *, by: Actor) -> None:
    """One assessment per part, preparing until every panel copy is there; a later submit prepares again."""
    parts = select(RubricPart.id).where(RubricPart.rubric_id == page.portfolio.rubric_id).order_by(RubricPart.id)
    existing = {row.part_id: row for row in db.scalars(select(Assessment).filter_by(portfolio_id=portfolio.id))}
    for part_id in db.scalars(parts).all():
        if part_id in existing:
            advance(existing[part_id].id, AssessmentStep.PREPARE_AGAIN, by=by)
        else:
            db.add(
                Assessment(
                    key=new_key(),
                    round_id=portfolio.round_id,
                    portfolio_id=portfolio.id,
                    part_id=part_id,
                    occasion=Occasion.FIRST,
                    number=1,
                    status=AssessmentStatus.PREPARING,
                    status_since=clock.now(),
                )
            )
    db.flush()
    expect_copies(db, portfolio)


def _as_row(row: Submission) -> Submitted:
    return Submitted(row.id, row.key, row.number, row.submitted_at, row.sha256)
