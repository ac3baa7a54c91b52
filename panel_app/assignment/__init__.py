"""From problem to solver to plan to offers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
