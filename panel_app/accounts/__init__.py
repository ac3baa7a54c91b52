"""People, roles and sign-in."""

from flask import Flask

from panel_app.accounts import recipient_queries  # noqa: F401  declares where a person's mail goes
from panel_app.accounts.views import signed_in  # noqa: F401  declares how a request's person is found


def init_app(app: Flask) -> None:
    """Register what is this stage's own."""
