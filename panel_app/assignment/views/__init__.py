"""Pages of assignment."""

from panel_app.assignment.views import case_views, offer_views, plan_views  # noqa: F401  they register themselves
from panel_app.assignment.views.blueprint import bp

__all__ = ["bp"]
