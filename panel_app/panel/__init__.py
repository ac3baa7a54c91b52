"""Members, declarations, capacity."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.panel import checks, needs, policy  # noqa: F401  they register themselves
from panel_app.panel.services import erasing  # noqa: F401  it registers itself
from panel_app.panel.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    nav_item(Who.PANEL_MEMBER, 30, N_("Panel and interests"), "panel.profile")
    nav_item(Who.COORDINATOR, 40, N_("Panel"), "panel.listing", per_round=True)
