"""Addresses that the mail server refused for good: kept with the address, taken back when someone tries it again."""

from panel_app import clock
from panel_app.accounts.happenings import AddressRefused, AddressTriedAgain
from panel_app.accounts.models import EmailAddress
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.outbox.refusals import on_refused_address


@on_refused_address
def mark_refused(person_id: int, address: str) -> None:
    """Keep that the server refused this address for good; an address that was changed meanwhile is left alone."""
    with transaction() as db:
        row = locked(db, EmailAddress, person_id=person_id)
        if row is not None and row.typed == address and row.refused_at is None:
            row.refused_at = clock.now()
            record(AddressRefused(person_id=person_id), by=SYSTEM)


def try_address_again(actor: Actor, person_id: int) -> None:
    """Take the mark off a refused address, because someone says that it works now. The caller checked the right."""
    with transaction() as db:
        row = locked(db, EmailAddress, person_id=person_id)
        if row is not None and row.refused_at is not None:
            row.refused_at = None
            record(AddressTriedAgain(person_id=person_id), by=actor)
