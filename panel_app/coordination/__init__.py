"""The coordinator's desk, and everybody's first page: what needs you now."""

from flask import Flask

from panel_app.coordination import messages, needs  # noqa: F401  they listen, and register themselves
from panel_app.coordination.views import bp
from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    nav_item(Who.SIGNED_IN, 10, N_("Today"), "coordination.today", everywhere=True)
    nav_item(Who.COORDINATOR, 15, N_("Desk"), "coordination.desk", per_round=True)
