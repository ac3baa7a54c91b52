"""Messages of offers: written with the offers, one to each member, however many offers it tells of."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.models import Assignment
from panel_app.assignment.queries.people import OfferToTell, offers_to_tell
from panel_app.foundation.outbox.post import post, recipient_of
from panel_app.foundation.times import Shown, shown


def tell_offers(db: Session, rows: Sequence[Assignment]) -> None:
    """Write one message to each member about these offers, and note on each offer which message told of it."""
    by_id = {row.id: row for row in rows}
    for person_id, group in groupby(offers_to_tell(list(by_id)), key=lambda offer: offer.person_id):
        offers = list(group)
        message_id = _tell(person_id, offers)
        for offer in offers:
            by_id[offer.assignment_id].offer_message_id = message_id
    db.flush()


def _tell(person_id: int, offers: list[OfferToTell]) -> int | None:
    first = offers[0]
    to = recipient_of(person_id)

    def at(offer: OfferToTell, name: str) -> Shown:
        return shown(getattr(offer, name), offer.zone, to.zone if to else None, clock.now())

    return post(
        f"assignment:offer:{first.key}",
        "assignment/offer",
        person_id,
        round_id=first.round_id,
        subject_key=first.key,
        round_title=first.round_title,
        offers=[{"offer": offer, "due": at(offer, "due_at")} for offer in offers],
        answer_by=at(first, "answer_by"),
    )
