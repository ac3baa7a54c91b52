"""Triggers, cases, samples: what a moderator must look at, and the answer."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.moderation import checks, jobs, messages, needs, policy, services  # noqa: F401  they register themselves
from panel_app.moderation.queries import case_parts, feedback_parts  # noqa: F401  they add parts to the coordinator's page
from panel_app.moderation.rules import TRIGGERS
from panel_app.moderation.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own. A wrong file among the triggers stops the start."""
    TRIGGERS.load()
    app.register_blueprint(bp)
    nav_item(Who.MODERATOR, 40, N_("Moderation"), "moderation.cases")
