"""Pages of accounts."""

from panel_app.accounts.views import (
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
    "bp",
    "confirm_views",
    "ended_views",
    "entry_views",
    "own_views",
    "people_views",
    "second_factor_views",
    "signed_in",
]
