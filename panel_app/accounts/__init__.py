"""People, roles and sign-in."""

from flask import Flask

from panel_app.accounts import cli, needs, recipient_queries  # noqa: F401  they register themselves
from panel_app.accounts.views import bp, confirm_views, ended_views, own_views, second_factor_views
from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    ended_views.register(app)
    second_factor_views.register(app)
    confirm_views.register(app)
    app.context_processor(own_views.links)
    nav_item(Who.ADMIN, 90, N_("People"), "accounts.people")
