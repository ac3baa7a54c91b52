"""The web part that all stages share: hooks around a request, headers, errors, forms, pages."""

from flask import Flask

from panel_app.foundation.keys import KeyConverter
from panel_app.foundation.web import errors, guard, headers, pages, refusals, static_files


def init_app(app: Flask) -> None:
    """Register what runs around every request, in the order in which it runs."""
    app.url_map.converters["key"] = KeyConverter
    guard.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    refusals.init_app(app)
    pages.init_app(app)
    static_files.init_app(app)
