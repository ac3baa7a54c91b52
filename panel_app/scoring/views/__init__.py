"""Pages of panel members: their reviews, the score sheet, its saves and its submission."""

from panel_app.scoring.views import (
    offline_views,
    report_views,
    review_views,
    save_views,
    sheet_views,
    shelving,
    submit_views,
)
from panel_app.scoring.views.blueprint import bp

__all__ = [
    "bp",
    "offline_views",
    "report_views",
    "review_views",
    "save_views",
    "sheet_views",
    "shelving",
    "submit_views",
]
