"""A started sheet, built once per worker and database and copied for each test; and the fixtures of the browser."""

import pytest
from flask import Flask

from panel_app.demo.builders.scoring import a_started_sheet
from tests.scoring.places import Place, a_place
from tests.support.browsers import served_app, server, window
from tests.support.databases import Databases

__all__ = ["served_app", "server", "window"]


@pytest.fixture(scope="session")
def kept_places() -> dict[str, Place]:
    """What was built already, by database."""
    return {}


@pytest.fixture
def place(app: Flask, databases: Databases, kept_places: dict[str, Place]) -> Place:
    """A started, empty sheet on a portfolio of three links."""
    if databases.dialect in kept_places:
        databases.renew("started")
        return kept_places[databases.dialect]
    made = a_place()
    a_started_sheet(made.key)
    databases.keep("started")
    kept_places[databases.dialect] = made
    return made
