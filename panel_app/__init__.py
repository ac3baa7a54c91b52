"""panel_app: portfolios in, independent scores, outcomes out."""

from importlib import import_module

from flask import Flask

from panel_app import clock
from panel_app.config import Settings, top_folder
from panel_app.foundation.web.dispatching import Panel

STAGES = (
    "accounts",
    "programmes",
    "portfolios",
    "panel",
    "conflicts",
    "assignment",
    "scoring",
    "moderation",
    "outcomes",
    "reminders",
    "coordination",
    "demo",
)
PARTS = (
    "panel_app.foundation.database",
    "panel_app.extensions",
    "panel_app.foundation.logs",
    "panel_app.foundation.web",
    *(f"panel_app.{stage}" for stage in STAGES),
    "panel_app.cli",
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises SettingError or Undeclared, each with what to do. No scheduler starts here."""
    settings = settings or Settings.from_env()
    app = Panel(__name__, template_folder=str(top_folder("templates")))
    app.config.update(SETTINGS=settings, SECRET_KEY=settings.secret_key, TESTING=settings.panel_env == "test")
    if settings.panel_now:
        clock.start_at(settings.panel_now)
    for part in PARTS:
        import_module(part).init_app(app)
    import_module("panel_app.foundation.permissions").refuse_undeclared(app)
    return app
