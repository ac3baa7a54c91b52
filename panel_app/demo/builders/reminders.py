"""Reminders that are due: made of real drafts in a round that closes soon."""

from datetime import timedelta

from panel_app import clock
from panel_app.demo.builders.accounts import a_person
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.times import to_wall
from panel_app.portfolios.services import start_portfolio
from panel_app.programmes.queries import RoundView


def due_reminders(number: int, code: str | None = None) -> RoundView:
    """A round that closes in two days with so many drafts, each of another person: their reminders are due now.

    The scheduler writes and sends them at its next pass, at any time of day: the round has no quiet hours.
    """
    at = clock.now() - timedelta(minutes=1)
    working = {"remind_at": to_wall(at, "UTC")[-5:], "quiet_from": "00:00", "quiet_until": "00:00"}
    round_ = a_round(code, closes=timedelta(days=2), scoring_due=timedelta(days=23), zone="UTC", working=working)
    with clock.pinned(clock.now() - timedelta(days=3)):
        for _ in range(number):
            start_portfolio(a_person(), round_.key, organisation="Harbour Lights Cooperative")
    return round_
