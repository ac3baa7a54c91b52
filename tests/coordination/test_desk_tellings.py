"""The two tellings of what is stuck on the desk: the database ranks and counts, and each row says it in words."""

from datetime import timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.coordination.queries import Shows, desk
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.moderation import an_assessed_portfolio
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import db
from panel_app.foundation.states import Tone
from panel_app.programmes.queries import RoundView, promised

pytestmark = pytest.mark.both_databases

TONES = {Shows.STUCK: {Tone.BAD}, Shows.WAITING: {Tone.WAIT}, Shows.ON_THE_WAY: {Tone.NOTE, Tone.GOOD}}
APART = ((1, 3, 3, 3, 3, 3), (4, 3, 3, 3, 3, 3))


def a_busy_round() -> tuple[Actor, RoundView]:
    """A portfolio for each way in which one can stand."""
    round_ = a_round(state="closed")
    members = [a_member(round_, capacity=12) for _ in range(3)]
    a_portfolio(round_)
    admitted, short, asked, scoring, on_hold = (an_admitted_portfolio(round_) for _ in range(5))
    an_assignment(short, members[0], state="accepted")
    an_assignment(asked, members[0], state="accepted")
    an_assignment(asked, members[1], state="offered")
    for built in (scoring, on_hold):
        for member in members[:2]:
            an_assignment(built, member, state="accepted")
    an_assessed_portfolio(round_)
    an_assessed_portfolio(round_, *APART)
    one = a_member(round_)
    an_assignment(admitted, one, state="accepted")
    a_declaration(one, "Harbour Lights Cooperative")
    return a_coordinator(round_.id), round_


@pytest.mark.parametrize("days", [0, 6, 15, 60])
def test_what_the_filter_shows_says_the_same_of_itself(app: Flask, days: int) -> None:
    coordinator, round_ = a_busy_round()
    with clock.pinned(clock.now() + timedelta(days=days)):
        db.session.rollback()
        pages = {shows: desk(coordinator, round_, promised(round_.id), 1, shows) for shows in Shows}

    told = {shows: {row.blocker.tone for row in page.rows} for shows, page in pages.items()}
    assert [(shows, told[shows] - tones) for shows, tones in TONES.items() if told[shows] - tones] == []
    assert [len(page.rows) for page in pages.values()] == [pages[Shows.ALL].counts[shows] for shows in pages]
    assert len(pages[Shows.ALL].rows) == 8
    assert told[Shows.STUCK] == {Tone.BAD}
