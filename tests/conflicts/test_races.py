"""A declaration and a submission at one moment: whoever comes second finds the other."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from flask import Flask

from panel_app import clock
from panel_app.conflicts.queries import barred_pairs
from panel_app.demo.builders.panel import AMember, a_declaration, a_member
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.database import db, transaction
from panel_app.foundation.keys import new_key
from panel_app.portfolios.services import submit_portfolio
from tests.conftest import START

pytestmark = pytest.mark.both_databases
LONG_ENOUGH = 0.5
"""Seconds in which an act that need not wait would be through."""


def declaring(member: AMember, _portfolio: APortfolio) -> None:
    """The member declares the candidate's organisation."""
    a_declaration(member, "Lantern Freight")


def submitting(_member: AMember, portfolio: APortfolio) -> None:
    """The candidate submits."""
    submit_portfolio(portfolio.candidate, portfolio.key, new_key())


@pytest.mark.parametrize(("first", "second"), [(declaring, submitting), (submitting, declaring)])
def test_the_second_waits_and_finds_the_first(
    app: Flask, first: Callable[..., None], second: Callable[..., None]
) -> None:
    round_ = a_round()
    member, portfolio = a_member(round_), a_portfolio(round_, organisation="Lantern Freight", submitted=False)
    begun, failed = Event(), list[BaseException]()

    def follow() -> None:
        with clock.pinned(START), app.app_context():
            begun.set()
            try:
                second(member, portfolio)
            except BaseException as error:  # noqa: BLE001  kept for the test's own thread
                failed.append(error)
            finally:
                db.session.remove()

    follower = Thread(target=follow)
    with transaction():
        first(member, portfolio)
        follower.start()
        begun.wait()
        follower.join(LONG_ENOUGH)
        waits = follower.is_alive()
    follower.join()

    assert (waits, failed) == (True, [])
    assert barred_pairs(round_.id).keys() == {(member.member_id, portfolio.id)}
