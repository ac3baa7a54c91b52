"""Submission, evidence, the blind view."""

from flask import Flask

from panel_app.portfolios import jobs, messages, policy  # noqa: F401  they register themselves
from panel_app.portfolios.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
