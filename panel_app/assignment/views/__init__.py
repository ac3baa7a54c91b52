"""Pages of assignment."""

from panel_app.assignment.views import offer_views
from panel_app.assignment.views.blueprint import bp

__all__ = ["bp", "offer_views"]
