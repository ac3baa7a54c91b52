"""What reminder tests look at: messages, their lines, the occurrences that they carry."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.models import Assignment
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.assignment import AnAssignment, an_assignment
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import APortfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.programmes.queries import RoundView
from panel_app.reminders.models import ReminderOccurrence
from panel_app.reminders.services import make_due
from tests.support.kept import kept
from tests.support.outbox import send
from tests.support.smtp import Mailbox


@dataclass(frozen=True)
class AtWork:
    """A round in scoring with one coordinator, one member and portfolios assigned to that member."""

    round: RoundView
    coordinator: Actor
    member: AMember
    portfolios: list[APortfolio]
    assignments: list[AnAssignment]

    @property
    def due_at(self) -> datetime:
        """When the first sheet is due."""
        reading().rollback()
        found = reading().scalar(select(Assignment.due_at).filter_by(key=self.assignments[0].key))
        assert found is not None
        return found


@kept
def sheets_at_work(number: int = 1, state: str = "accepted", **round_: object) -> AtWork:
    """So many portfolios with an assignment each of one member, in a state."""
    made = a_round(state="closed", zone="Europe/Berlin", **round_)  # type: ignore[arg-type]  # handed through
    assert made.id is not None
    coordinator = a_coordinator(made.id)
    member = a_member(made, capacity=max(4, number))
    portfolios = [an_admitted_portfolio(made) for _ in range(number)]
    return AtWork(
        made, coordinator, member, portfolios, [an_assignment(each, member, state=state) for each in portfolios]
    )


def make(at: datetime) -> int:
    """Run the runner at an instant."""
    with clock.pinned(at):
        return make_due()


def deliver(app: Flask, smtp: Mailbox) -> None:
    """Let everything that waits now reach the server, and forget it."""
    send(app, smtp)
    smtp.taken.clear()


def members_told(*works: AtWork) -> list[bool]:
    """Of each round's member, whether a reminder was written to them."""
    told = {mail.person_id for mail in reminders()}
    return [work.member.actor.person_id in told for work in works]


def reminders() -> list[Notification]:
    """Every reminder message, in the order of writing."""
    reading().rollback()
    found = select(Notification).filter_by(kind="reminders/digest").order_by(Notification.id)
    return list(reading().scalars(found.execution_options(populate_existing=True)))


def occurrences() -> list[tuple[str, bool]]:
    """Every occurrence's name with whether it was late."""
    reading().rollback()
    rows = reading().execute(
        select(ReminderOccurrence.occurrence, ReminderOccurrence.is_late).order_by(ReminderOccurrence.id)
    )
    return [(name.split("@")[0], is_late) for name, is_late in rows]


def day(at: datetime, days: int, hour: int = 10) -> datetime:
    """An hour (UTC) of so many days from an instant's day."""
    return (at + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
