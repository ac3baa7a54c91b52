"""Pages of panel members: their reviews, the score sheet, its saves and its submission."""

from panel_app.scoring.views import (
    history_views,
    offline_views,
    report_views,
    review_views,
    save_views,
    sheet_views,
    shelving,
    submit_views,
    unfinished_views,
)
from panel_app.scoring.views.blueprint import bp

__all__ = [
    "bp", "history_views", "offline_views", "report_views", "review_views", "save_views", "sheet_views", "shelving",
    "submit_views", "unfinished_views",
]  # fmt: skip
