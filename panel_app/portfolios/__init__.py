"""Submission, evidence, the blind view."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.portfolios import blind_views, checks, jobs, messages, needs, policy  # noqa: F401  they register themselves
from panel_app.portfolios.services import erasing  # noqa: F401  it registers itself
from panel_app.portfolios.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    app.register_blueprint(blind_views.bp)
    nav_item(Who.SIGNED_IN, 40, N_("My portfolios"), "portfolios.mine")
    nav_item(Who.COORDINATOR, 20, N_("Portfolios"), "portfolios.listing", per_round=True)
