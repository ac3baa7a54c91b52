"""Making, publishing and ending rounds."""

from datetime import timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.demo.builders.programmes import DAYS, a_round, the_programmes
from panel_app.programmes import queries, services

pytestmark = pytest.mark.both_databases


def test_programmes_are_loaded_once(app: Flask) -> None:
    first = the_programmes()

    assert the_programmes() == first
    assert sorted(first) == ["CPAA", "CPAP"]


@pytest.mark.parametrize("state", sorted(DAYS))
def test_builder_makes_a_round_in_each_state(app: Flask, state: str) -> None:
    made = a_round(state=state)

    assert services.is_open(made, clock.now()) == (state == "open")
    assert len(queries.rubric_of(made.id).criteria) == 6
    assert made.closes_at - made.opens_at == timedelta(days=DAYS[state][1] - DAYS[state][0])
