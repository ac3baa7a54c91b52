"""Fixtures of the tests of accounts."""

from tests.support.browsers import served_app, server, window

__all__ = ["served_app", "server", "window"]
