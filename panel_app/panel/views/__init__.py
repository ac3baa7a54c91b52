"""Pages of the panel."""

from panel_app.panel.views import coordinator_views, own_views  # noqa: F401  they register themselves
from panel_app.panel.views.blueprint import bp

__all__ = ["bp"]
