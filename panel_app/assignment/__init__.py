"""From problem to solver to plan to offers."""

from flask import Flask

from panel_app.assignment import checks, cli, jobs, messages, needs, policy  # noqa: F401  they register themselves
from panel_app.assignment.queries import case  # noqa: F401  it registers itself
from panel_app.assignment.services import dates, leaving, suspending  # noqa: F401  they register themselves
from panel_app.assignment.views import bp
from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    nav_item(Who.COORDINATOR, 55, N_("Plan"), "assignment.plan", per_round=True)
