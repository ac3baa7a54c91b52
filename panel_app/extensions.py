"""Third-party extensions that need the app: translation and migrations."""

from flask import Flask, g
from flask_babel import Babel
from flask_migrate import Migrate

from panel_app.config import top_folder
from panel_app.foundation.actors import actor
from panel_app.foundation.database import db

babel = Babel()
migrate = Migrate(render_as_batch=True, compare_type=True)


def _locale() -> str:
    return actor().locale if "actor" in g else "en"


def init_app(app: Flask) -> None:
    """Bind the extensions."""
    babel.init_app(app, locale_selector=_locale)
    migrate.init_app(app, db, directory=str(top_folder("migrations")))
