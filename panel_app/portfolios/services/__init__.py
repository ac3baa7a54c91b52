"""Use cases of portfolios: the only writers of this stage."""

from panel_app.portfolios.services.asking import ask_coordinators
from panel_app.portfolios.services.closing import admit, admit_all, extend_deadline, settle_closed
from panel_app.portfolios.services.copies import exclude_copy, make_copies, retry_copy, settle_preparation
from panel_app.portfolios.services.evidence import (
    AddedPiece,
    add_link,
    describe_evidence,
    move_evidence,
    remove_evidence,
)
from panel_app.portfolios.services.sections import NewerText, SavedSection, save_section
from panel_app.portfolios.services.starting import Started, change_identity, start_portfolio
from panel_app.portfolios.services.statuses import advance, set_status
from panel_app.portfolios.services.submitting import Submitted, submit_portfolio, withdraw_portfolio
from panel_app.portfolios.services.uploads import Announced, NotTaken, add_file

__all__ = [
    "AddedPiece",
    "Announced",
    "NewerText",
    "NotTaken",
    "SavedSection",
    "Started",
    "Submitted",
    "add_file",
    "add_link",
    "admit",
    "admit_all",
    "advance",
    "ask_coordinators",
    "change_identity",
    "describe_evidence",
    "exclude_copy",
    "extend_deadline",
    "make_copies",
    "move_evidence",
    "remove_evidence",
    "retry_copy",
    "save_section",
    "set_status",
    "settle_closed",
    "settle_preparation",
    "start_portfolio",
    "submit_portfolio",
    "withdraw_portfolio",
]
