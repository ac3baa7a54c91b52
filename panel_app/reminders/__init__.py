"""Reminder rules, and a round's messages: what will go out, what went out, what reached nobody."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.reminders import checks, jobs, messages, needs  # noqa: F401  they register themselves
from panel_app.reminders.rules.registry import REMINDERS
from panel_app.reminders.views import bp


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    REMINDERS.load()
    app.register_blueprint(bp)
    nav_item(Who.COORDINATOR, 70, N_("Messages"), "reminders.listing", per_round=True)
