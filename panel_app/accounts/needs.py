"""What needs a person now, about their own account."""

from collections.abc import Iterable

from flask import url_for

from panel_app.accounts.queries import refused_address
from panel_app.foundation.actors import Actor
from panel_app.foundation.needs import Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, sentence


@needs("accounts.refused_address")
def unreachable(actor: Actor) -> Iterable[Need]:
    """The mail server refuses the person's own address. One statement."""
    address = refused_address(actor.person_id) if actor.person_id is not None else None
    if address is not None:
        yield Need(
            tone=Tone.BAD,
            sentence=sentence(N_("Mail to %(address)s comes back"), address=address),
            why=sentence(
                N_("The mail server refuses this address for good, so no message reaches you. Enter one that works.")
            ),
            href=url_for("accounts.ask_for_address"),
            action=sentence(N_("Change the address")),
        )
