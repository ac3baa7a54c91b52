"""Use cases of assignment: plans, offers, answers, and the states of an assessor's work."""

from panel_app.assignment.services.answering import accept_offer, decline_offer, defer_offer, recuse
from panel_app.assignment.services.changing import add_pair, remove_pair
from panel_app.assignment.services.expiring import expire_offers
from panel_app.assignment.services.offering import extend_due, offer, recall, replace, restore, resume
from panel_app.assignment.services.pausing import hold_work, keys_at_work, let_go_on
from panel_app.assignment.services.planning import drop_plan, make_plan, send_plan
from panel_app.assignment.services.working import (
    close_unneeded,
    mark_submitted,
    reopen,
    start,
    take_back,
    third_assessor,
)

__all__ = [
    "accept_offer",
    "add_pair",
    "close_unneeded",
    "decline_offer",
    "defer_offer",
    "drop_plan",
    "expire_offers",
    "extend_due",
    "hold_work",
    "keys_at_work",
    "let_go_on",
    "make_plan",
    "mark_submitted",
    "offer",
    "recall",
    "recuse",
    "remove_pair",
    "reopen",
    "replace",
    "restore",
    "resume",
    "send_plan",
    "start",
    "take_back",
    "third_assessor",
]
