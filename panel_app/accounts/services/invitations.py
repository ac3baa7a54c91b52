"""Invitations: an invited address is a person at once; following the link completes the account, never doubles it."""

from dataclasses import dataclass

from panel_app.accounts.queries import account_by_address
from panel_app.accounts.rules import PersonState, TokenPurpose
from panel_app.accounts.services.links import send_link
from panel_app.accounts.services.people import new_person
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction


@dataclass(frozen=True)
class Invitation:
    """The person behind an invited address. `link` is the address of the one-time page; none for an open account."""

    person_id: int
    key: str
    is_new: bool
    link: str | None


def invite_person(actor: Actor, email: str, name: str = "", *, zone: str | None = None) -> Invitation:
    """Make the address a person, if it isn't one, and send the link that completes the account.

    A person who has an open account gets no mail from here. The right to invite is checked by the act that
    invites: to a panel, to a role. `name` falls back to the address's first part until the person gives one.
    """
    with transaction():
        known = account_by_address(email)
        if known is not None and known.state is not PersonState.INVITED:
            return Invitation(known.id, known.key, is_new=False, link=None)
        if known is None:
            new_person(actor, name or email.strip().partition("@")[0], email, how="invited", zone=zone)
        person = account_by_address(email)
        assert person is not None
        link = send_link(actor, person, TokenPurpose.INVITE)
        return Invitation(person.id, person.key, is_new=known is None, link=link)
