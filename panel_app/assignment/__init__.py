"""From problem to solver to plan to offers."""

from flask import Flask

from panel_app.assignment import jobs, messages, policy  # noqa: F401  they register themselves
from panel_app.assignment.services import dates, suspending  # noqa: F401  they register themselves
from panel_app.assignment.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
