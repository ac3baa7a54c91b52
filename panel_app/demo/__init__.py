"""Builders, the demo round, the mail page."""

from importlib import import_module

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what is this stage's own; the mail page exists in the demo only."""
    if app.config["SETTINGS"].is_demo:
        app.register_blueprint(import_module("panel_app.demo.mail_views").bp)
