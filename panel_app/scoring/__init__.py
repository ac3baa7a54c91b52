"""Score sheets."""

from flask import Flask

from panel_app.scoring import policy  # noqa: F401  registers itself


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
