"""Submitting and withdrawing, on both databases."""

import pytest
from flask import Flask

from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round

pytestmark = pytest.mark.both_databases


def test_a_portfolio_is_submitted(app: Flask) -> None:
    built = a_portfolio(a_round())

    assert built.assessment_id > 0
