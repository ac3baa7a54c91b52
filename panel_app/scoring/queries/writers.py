"""Who writes a sheet, as the check of their feedback needs it: what they know of themselves anyway."""

from panel_app.accounts.queries import account_of
from panel_app.foundation.actors import Actor
from panel_app.scoring.rules.feedback import Writer


def writer_of(actor: Actor, reference: str) -> Writer:
    """The writer of a sheet on the portfolio with this reference. One statement."""
    account = account_of(actor.person_id) if actor.person_id is not None else None
    return Writer(actor.name, (account.address,) if account else (), reference)
