"""Decisions, sign-off, release."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
