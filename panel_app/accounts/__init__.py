"""People, roles and sign-in."""

from flask import Flask

from panel_app.accounts import recipient_queries, sessions  # noqa: F401  declare how a person is found


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
