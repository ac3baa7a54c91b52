"""Pages of portfolios: candidates' under /portfolios, coordinators' under /rounds, the blind side under /reviews."""

from panel_app.portfolios.views import own_views
from panel_app.portfolios.views.blueprint import bp

__all__ = ["bp", "own_views"]
