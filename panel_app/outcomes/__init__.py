"""Decisions, sign-off, release."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.outcomes import checks, jobs, messages, needs, policy, services  # noqa: F401  they register themselves
from panel_app.outcomes.queries import case_parts  # noqa: F401  adds a part to the coordinator's page
from panel_app.outcomes.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    nav_item(Who.SIGNER, 45, N_("Sign-off"), "outcomes.sign_offs")
    nav_item(Who.COORDINATOR, 60, N_("Outcomes"), "outcomes.listing", per_round=True)
