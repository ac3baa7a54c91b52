"""Receipts: what one submit holds, read from its manifest and its list of names."""

from dataclasses import dataclass
from datetime import datetime
from json import loads

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.portfolios.identity import SubmissionNames
from panel_app.portfolios.models import Portfolio, Submission
from panel_app.portfolios.queries.standing_facts import own_deadline
from panel_app.portfolios.rules import manifests, texts
from panel_app.programmes.models import Round


@dataclass(frozen=True)
class ReceiptPiece:
    """A piece as the receipt names it: its own name or its link, its hash and size in bytes."""

    label: str
    name: str
    sha256: str | None
    size: int | None


@dataclass(frozen=True)
class ReceiptSection:
    """A section as the receipt names it."""

    title: str
    words: int


@dataclass(frozen=True)
class Receipt:
    """One submit with all that it holds; instants in UTC, to be shown in `zone`."""

    portfolio_key: str
    reference: str
    round_title: str
    zone: str
    closes_at: datetime
    number: int
    last_number: int
    submitted_at: datetime
    sha256: str
    manifest: str
    names: str
    sections: tuple[ReceiptSection, ...]
    pieces: tuple[ReceiptPiece, ...]


def receipt(portfolio_key: str, number: int | None = None) -> Receipt | None:
    """The receipt of a submit by its number, or of the last. Two statements."""
    last = select(Submission.number).join(Portfolio, Portfolio.id == Submission.portfolio_id)
    last = last.where(Portfolio.key == portfolio_key).order_by(Submission.number.desc()).limit(1)
    last_number = reading().scalar(last)
    row = (
        reading()
        .execute(
            select(
                Portfolio.reference,
                Round.title,
                Round.zone,
                own_deadline().label("closes_at"),
                Submission.number,
                Submission.submitted_at,
                Submission.sha256,
                Submission.manifest,
                SubmissionNames.names,
            )
            .join(Portfolio, Portfolio.id == Submission.portfolio_id)
            .join(Round, Round.id == Portfolio.round_id)
            .join(SubmissionNames, SubmissionNames.submission_id == Submission.id)
            .where(Portfolio.key == portfolio_key, Submission.number == (number or last_number))
        )
        .one_or_none()
    )
    if row is None or last_number is None:
        return None
    manifest, names = manifests.read(row.manifest), loads(row.names)["names"]
    return Receipt(
        portfolio_key=portfolio_key,
        reference=row.reference,
        round_title=row.title,
        zone=row.zone,
        closes_at=row.closes_at,
        number=row.number,
        last_number=last_number,
        submitted_at=row.submitted_at,
        sha256=row.sha256,
        manifest=row.manifest,
        names=row.names,
        sections=tuple(ReceiptSection(each.title, texts.count_words(each.text)) for each in manifest.sections),
        pieces=tuple(
            ReceiptPiece(each.label, names.get(each.label) or each.link or "", each.sha256, each.size)
            for each in manifest.pieces
        ),
    )
