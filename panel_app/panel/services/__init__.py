"""Use cases of the panel: the only writers of this stage."""

from panel_app.panel.services.declaring import check_interests, declare, withdraw_declaration
from panel_app.panel.services.members import Profile, change_member
from panel_app.panel.services.seats import Invited, change_place, change_seat, choose_lead, invite_member

__all__ = [
    "Invited",
    "Profile",
    "change_member",
    "change_place",
    "change_seat",
    "check_interests",
    "choose_lead",
    "declare",
    "invite_member",
    "withdraw_declaration",
]
