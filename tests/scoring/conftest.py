"""Fixtures of the browser for tests of score sheets."""

from tests.support.browsers import served_app, server, window

__all__ = ["served_app", "server", "window"]
