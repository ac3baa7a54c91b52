"""Score sheets."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.scoring import checks, needs, policy  # noqa: F401  they register themselves
from panel_app.scoring.queries import again_notes, case_parts, declared_parts  # noqa: F401  they register
from panel_app.scoring.services import offline, queueing  # noqa: F401  they listen
from panel_app.scoring.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    nav_item(Who.PANEL_MEMBER, 20, N_("My reviews"), "scoring.reviews")
