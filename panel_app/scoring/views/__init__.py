"""Pages of panel members: their reviews, the score sheet, its saves and its submission."""

from panel_app.scoring.views import review_views, save_views, sheet_views, submit_views
from panel_app.scoring.views.blueprint import bp

__all__ = ["bp", "review_views", "save_views", "sheet_views", "submit_views"]
