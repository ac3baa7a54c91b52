"""All tables of the house in one place to look at: for migrations, for tests of the schema, for `panel doctor`."""

from importlib import import_module

from flask_migrate import upgrade
from sqlalchemy import MetaData

from panel_app.config import top_folder
from panel_app.foundation.database import Base

MODEL_MODULES = (
    "panel_app.foundation.audit.models",
    "panel_app.foundation.outbox.models",
    "panel_app.foundation.jobs.models",
    "panel_app.accounts.models",
    "panel_app.programmes.models",
    "panel_app.portfolios.models",
    "panel_app.portfolios.identity",
    "panel_app.panel.models",
    "panel_app.conflicts.models",
    "panel_app.assignment.models",
    "panel_app.scoring.models",
    "panel_app.moderation.models",
    "panel_app.outcomes.models",
    "panel_app.reminders.models",
)


def metadata() -> MetaData:
    """The whole schema, every model module imported."""
    for name in MODEL_MODULES:
        import_module(name)
    return Base.metadata


def migrate() -> None:
    """Bring the database of the running app to the newest step; safe to repeat."""
    upgrade(directory=str(top_folder("migrations")))
