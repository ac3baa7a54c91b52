"""Pages of portfolios: candidates' under /portfolios, coordinators' under /rounds, the blind side under /reviews."""

from panel_app.portfolios.views import case_views, evidence_views, file_views, own_views, section_views, submit_views
from panel_app.portfolios.views.blueprint import bp

__all__ = ["bp", "case_views", "evidence_views", "file_views", "own_views", "section_views", "submit_views"]
