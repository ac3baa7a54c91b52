"""Frameworks, rubrics and rounds."""

from flask import Flask

from panel_app.foundation.permissions import Who
from panel_app.foundation.web.pages import nav_item
from panel_app.foundation.words import N_
from panel_app.programmes import cli, needs_queries  # noqa: F401  declare commands and what needs a person
from panel_app.programmes.views import catalogue, dates, drafts, rounds  # noqa: F401  hang pages on the blueprint
from panel_app.programmes.views.bar import round_bar
from panel_app.programmes.views.blueprint import bp
from panel_app.programmes.views.rounds import READERS


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(round_bar=round_bar)
    for who in READERS:
        nav_item(who, 12, N_("Rounds"), "programmes.rounds", everywhere=True)
    nav_item(Who.COORDINATOR, 80, N_("Dates and policy"), "programmes.show", per_round=True)
    nav_item(Who.SIGNED_IN, 90, N_("Programmes"), "programmes.programmes")
