"""Mail to candidates: the receipt, a later deadline, moved dates, a withdrawal."""

from datetime import datetime

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.foundation.outbox.post import post, recipient_of
from panel_app.foundation.times import shown
from panel_app.portfolios.happenings import DeadlineExtended, PortfolioSubmitted, PortfolioWithdrawn
from panel_app.portfolios.queries.people import candidates_of, owner_of
from panel_app.portfolios.queries.receipts import receipt
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.queries import round_by_id
from panel_app.programmes.services import tell_dates_moved


@on(PortfolioSubmitted)
def send_receipt(happened: PortfolioSubmitted, by: Actor) -> None:
    """The receipt of one submit, once: time to the second with its zone, and the SHA-256."""
    owner, round_ = owner_of(happened.portfolio_id), round_by_id(happened.round_id)
    to = recipient_of(owner.person_id)
    page = receipt(owner.portfolio_key, happened.number)
    assert page is not None
    post(
        f"portfolios:receipt:{happened.submission_id}",
        "portfolios/receipt",
        owner.person_id,
        round_id=round_.id,
        subject_key=owner.portfolio_key,
        reference=owner.reference,
        round_title=round_.title,
        number=happened.number,
        submitted=shown(page.submitted_at, round_.zone, to.zone if to else None, clock.now(), seconds=True),
        closes=shown(page.closes_at, round_.zone, to.zone if to else None, clock.now()),
        receipt=happened.receipt,
        files=len(page.pieces),
        portfolio_key=owner.portfolio_key,
    )


@on(DeadlineExtended)
def tell_extended(happened: DeadlineExtended, by: Actor) -> None:
    """A later deadline, with the reason that the coordinator gave."""
    owner, round_ = owner_of(happened.portfolio_id), round_by_id(happened.round_id)
    to = recipient_of(owner.person_id)
    closes_at = datetime.fromisoformat(happened.closes_at)
    post(
        f"portfolios:extension:{happened.extension_id}",
        "portfolios/extended",
        owner.person_id,
        round_id=round_.id,
        subject_key=owner.portfolio_key,
        reference=owner.reference,
        closes=shown(closes_at, round_.zone, to.zone if to else None, clock.now()),
        reason=happened.reason,
        portfolio_key=owner.portfolio_key,
    )


@on(PortfolioWithdrawn)
def confirm_withdrawal(happened: PortfolioWithdrawn, by: Actor) -> None:
    """The candidate gets it in writing."""
    owner = owner_of(happened.portfolio_id)
    post(
        f"portfolios:withdrawn:{happened.portfolio_id}",
        "portfolios/withdrawn",
        owner.person_id,
        round_id=happened.round_id,
        subject_key=owner.portfolio_key,
        reference=owner.reference,
        portfolio_key=owner.portfolio_key,
    )


@on(DatesMoved)
def tell_candidates(happened: DatesMoved, by: Actor) -> None:
    """Everyone who has a portfolio in the round reads what moved and why."""
    for one in candidates_of(happened.round_id):
        tell_dates_moved(happened, [one.person_id], "portfolios.show", portfolio_key=one.portfolio_key)
