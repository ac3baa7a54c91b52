"""Reads of the panel: frozen rows, each with its number of statements."""

from panel_app.panel.queries.listing import PER_PAGE, PanelRow, is_checked, panel_page, panel_row
from panel_app.panel.queries.places import PanelMember, load_of, members_of, seats_of
from panel_app.panel.queries.profiles import (
    DeclarationRow,
    OwnPage,
    OwnSeat,
    declarable_portfolio,
    domain_choices,
    own_page,
)

__all__ = [
    "PER_PAGE",
    "DeclarationRow",
    "OwnPage",
    "OwnSeat",
    "PanelMember",
    "PanelRow",
    "declarable_portfolio",
    "domain_choices",
    "is_checked",
    "load_of",
    "members_of",
    "own_page",
    "panel_page",
    "panel_row",
    "seats_of",
]
