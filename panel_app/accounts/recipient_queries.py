"""Where a person's mail goes, for the outbox."""

from sqlalchemy import select

from panel_app.accounts.models import EmailAddress, Person
from panel_app.accounts.rules import PersonState
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.post import Recipient, finds_recipient


@finds_recipient
def recipient(person_id: int) -> Recipient | None:
    """The address of an invited or active person. One statement."""
    row = (
        reading()
        .execute(
            select(
                EmailAddress.typed,
                EmailAddress.refused_at,
                Person.name,
                Person.address_form,
                Person.zone,
                Person.locale,
            )
            .join(Person, Person.id == EmailAddress.person_id)
            .where(Person.id == person_id, Person.state.in_([PersonState.INVITED, PersonState.ACTIVE]))
        )
        .one_or_none()
    )
    if row is None:
        return None
    return Recipient(row.typed, row.address_form or row.name, row.zone, row.locale, refused=row.refused_at is not None)
