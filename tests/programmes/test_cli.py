"""`panel round …` on a terminal."""

import pytest
from flask import Flask

from panel_app.demo.builders.accounts import a_signer
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.permissions import Refused
from panel_app.programmes import queries
from panel_app.programmes.rules.states import RoundState


def panel(app: Flask, *words: str) -> str:
    """Run a command; raises what it raises."""
    result = app.test_cli_runner().invoke(args=["round", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_list_has_a_line_for_each_round(app: Flask) -> None:
    a_round("CPAP-27A", state="open"), a_round("CPAP-27B", state="draft")

    lines = panel(app, "list").splitlines()

    assert [line.split("  ")[:2] for line in lines] == [["CPAP-27B", "draft"], ["CPAP-27A", "published"]]


def test_show_tells_dates_and_who_is_missing(app: Flask) -> None:
    made = a_round("CPAP-27A", zone="Europe/Lisbon")
    a_signer(made.id)

    output = panel(app, "show", "cpap-27a")

    assert "Closes for portfolios: Mon 18 Jan 2027 09:00 WET (Lisbon)" in output
    assert "1 signer is missing:" in output


def test_publish_prints_the_hash_of_the_promise(app: Flask) -> None:
    a_round("CPAP-27A", state="draft")

    output = panel(app, "publish", "CPAP-27A")

    published = queries.round_by_code("CPAP-27A")
    assert published is not None
    assert published.state is RoundState.PUBLISHED
    assert f"promise {published.promise_hash}" in output


def test_dates_moves_the_dates_that_are_named(app: Flask) -> None:
    made = a_round("CPAP-27A")

    panel(app, "dates", "CPAP-27A", "--scoring-due", "2027-02-10T12:00", "--reason", "A strike.")

    (move,) = queries.date_moves(made.id)
    assert (move.which.value, move.to_wall, move.reason) == ("scoring_due", "2027-02-10T12:00", "A strike.")


def test_unknown_round_is_refused(app: Flask) -> None:
    with pytest.raises(Refused):
        panel(app, "show", "NONE-1")
