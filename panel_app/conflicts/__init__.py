"""Detectors of conflicts and their register."""

from flask import Flask

from panel_app.conflicts import policy  # noqa: F401  it registers itself
from panel_app.conflicts.rules import DETECTORS
from panel_app.conflicts.services import listening  # noqa: F401  it registers itself


def init_app(app: Flask) -> None:
    """Register what is this stage's own. A wrong file among the detectors stops the start."""
    DETECTORS.load()
