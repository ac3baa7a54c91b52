"""Pages of the register of conflicts."""

from panel_app.conflicts.views import register_views  # noqa: F401  they register themselves
from panel_app.conflicts.views.blueprint import bp

__all__ = ["bp"]
