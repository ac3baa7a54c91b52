"""Use cases of assignment: plans, offers, answers, and the states of an assessor's work."""

from panel_app.assignment.services.answering import accept_offer, decline_offer, defer_offer, recuse
from panel_app.assignment.services.expiring import expire_offers
from panel_app.assignment.services.offering import extend_due, offer, recall, replace, restore, resume
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
    "close_unneeded",
    "decline_offer",
    "defer_offer",
    "expire_offers",
    "extend_due",
    "mark_submitted",
    "offer",
    "recall",
    "recuse",
    "reopen",
    "replace",
    "restore",
    "resume",
    "start",
    "take_back",
    "third_assessor",
]
