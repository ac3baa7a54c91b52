"""Pages of moderation."""

from panel_app.moderation.views.pages import bp

__all__ = ["bp"]
