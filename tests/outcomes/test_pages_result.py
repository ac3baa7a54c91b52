"""A candidate's result: what to do next, in the tense that the day asks for."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from panel_app import clock
from panel_app.demo.builders.outcomes import a_release
from panel_app.foundation.actors import Actor
from tests.moderation.scenes import REFER
from tests.outcomes.scenes import a_scene
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def test_times_to_resubmit_and_to_appeal_are_told_as_past_once_they_are_over(app: Flask, visit: Visit) -> None:
    here = a_scene(REFER, signed=True)
    a_release(here.round, here.coordinator)

    with clock.pinned(here.round.release_at + timedelta(days=120)):
        page = visit(here.assessed[0].portfolio.candidate).get(f"/portfolios/{here.assessed[0].portfolio.key}/outcome")

    assert "You could appeal until the end of" in page.main
    assert "That time is over. You can start again in a later round, or ask the coordinators." in page.main
    assert "You can appeal" not in page.main
    assert "You are asked to show" not in page.main
