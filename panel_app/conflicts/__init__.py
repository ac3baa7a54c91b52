"""Detectors of conflicts and their register."""

from flask import Flask

from panel_app.conflicts import checks, needs, policy  # noqa: F401  they register themselves
from panel_app.conflicts.rules import DETECTORS
from panel_app.conflicts.services import listening  # noqa: F401  it registers itself
from panel_app.conflicts.views import bp
from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_


def init_app(app: Flask) -> None:
    """Register what is this stage's own. A wrong file among the detectors stops the start."""
    DETECTORS.load()
    app.register_blueprint(bp)
    nav_item(Who.COORDINATOR, 50, N_("Conflicts"), "conflicts.register", per_round=True)
