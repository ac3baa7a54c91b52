"""Invitations: an invited address is a person at once; following the link completes the account, never doubles it."""

from dataclasses import dataclass

from panel_app.accounts.policy import PeopleAct
from panel_app.accounts.queries import account_by_address, account_by_key, holders
from panel_app.accounts.rules import PersonState, TokenPurpose
from panel_app.accounts.services.links import send_link
from panel_app.accounts.services.people import new_person
from panel_app.accounts.services.roles import grant_role
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.database import transaction
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_

NOT_INVITED = N_("Only a person who has not opened the account yet is invited again.")


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


def invite_again(actor: Actor, key: str) -> None:
    """Send an invited person a new link. Raises Refused for anybody else, and unless an admin does it."""
    with transaction():
        must(can(actor, PeopleAct.GRANT, key))
        account = account_by_key(key)
        if account is None or account.state is not PersonState.INVITED:
            raise Refused(NOT_INVITED, moment=True)
        send_link(actor, account, TokenPurpose.INVITE)


def add_first_admin(email: str, name: str = "") -> Invitation | None:
    """Invite the first admin of a new installation; None, and nothing done, where there is one. For `panel init`."""
    with transaction():
        if holders(Role.ADMIN, with_invited=True):
            return None
        invitation = invite_person(SYSTEM, email, name)
        grant_role(SYSTEM, invitation.person_id, Role.ADMIN)
        return invitation
