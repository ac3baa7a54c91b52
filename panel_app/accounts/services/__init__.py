"""Use cases of accounts: people, their roles, passwords and sign-ins."""

from panel_app.accounts.queries import actor_of
from panel_app.accounts.services.invitations import Invitation, add_first_admin, invite_again, invite_person
from panel_app.accounts.services.passwords import change_password
from panel_app.accounts.services.people import (
    add_person,
    change_profile,
    deactivate_person,
    erase_person,
    reactivate_person,
)
from panel_app.accounts.services.refusals import try_address_again
from panel_app.accounts.services.roles import give_first_coordinator, grant_role, withdraw_role
from panel_app.accounts.services.sign_ins import begin_sign_in, end_all_sign_ins, end_sign_in, end_sign_in_by_key

__all__ = [
    "Invitation",
    "actor_of",
    "add_first_admin",
    "add_person",
    "begin_sign_in",
    "change_password",
    "change_profile",
    "deactivate_person",
    "end_all_sign_ins",
    "end_sign_in",
    "end_sign_in_by_key",
    "erase_person",
    "give_first_coordinator",
    "grant_role",
    "invite_again",
    "invite_person",
    "reactivate_person",
    "try_address_again",
    "withdraw_role",
]
