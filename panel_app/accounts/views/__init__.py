"""Pages of accounts."""

from panel_app.accounts.views import (
    address_views,
    confirm_views,
    ended_views,
    entry_views,
    own_views,
    people_views,
    second_factor_views,
    signed_in,
)
from panel_app.accounts.views.blueprint import bp

__all__ = [
    "address_views",
    "bp",
    "confirm_views",
    "ended_views",
    "entry_views",
    "own_views",
    "people_views",
    "second_factor_views",
    "signed_in",
]
