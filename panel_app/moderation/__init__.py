"""Triggers, cases, third assessors and moderators."""

from flask import Flask

from panel_app.moderation.rules import TRIGGERS


def init_app(app: Flask) -> None:
    """Register what is this stage's own. A wrong file among the triggers stops the start."""
    TRIGGERS.load()
