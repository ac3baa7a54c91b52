"""The whole seeding: people, three rounds, and what the scheduler did meanwhile."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from functools import partial

from panel_app import clock
from panel_app.accounts.queries import actor_of, person_by_address
from panel_app.demo.contents import staff
from panel_app.demo.mailbox import FolderCarrier
from panel_app.demo.seeding import current_round, earlier_round, open_round
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.current_round import CurrentRound
from panel_app.demo.seeding.earlier_round import EarlierRound
from panel_app.demo.seeding.open_round import OpenRound
from panel_app.demo.seeding.rounds import PROGRAMME, Dates, DemoRound
from panel_app.demo.seeding.timeline import Timeline
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.jobs import running
from panel_app.foundation.jobs.claims import settings
from panel_app.foundation.jobs.recurring import RECURRING
from panel_app.foundation.outbox.sending import send_due
from panel_app.programmes.services import load_programmes

ADDED = earlier_round.MADE - 1
MORNING = 9.25
"""When the scheduler looks for what comes back each day: just after the hour of reminders."""


class DemoState(StrEnum):
    """What there is of the demo round: nothing, all of it, or what an interrupted seeding left."""

    NONE = "none"
    WHOLE = "whole"
    PART = "part"


def demo_state() -> DemoState:
    """Look: the admin comes first and the observer last, so where someone observes, everything is there."""
    if _person(Role.ADMIN) is None:
        return DemoState.NONE
    observer = _person(Role.OBSERVER)
    whole = observer is not None and actor_of(observer).holds(Role.OBSERVER)
    return DemoState.WHOLE if whole else DemoState.PART


def _person(role: Role) -> int | None:
    return person_by_address(next(each.person.email for each in staff() if each.role == role.value))


def beginning() -> datetime:
    """When the story begins: the programmes are loaded just before."""
    return Timeline(clock.now(), catch_up).at(ADDED, 8)


def seed() -> None:
    """Play the demo round up to now, in a migrated database without it. Commits act by act."""
    with clock.pinned(beginning()):
        load_programmes(SYSTEM)
    story, cast = Timeline(clock.now(), catch_up), Cast()
    for name in cast.people:
        story.on(ADDED, 9, partial(cast.add, name))
    earlier, current, following = demo_rounds(story)
    EarlierRound(cast, story, earlier).plan()
    CurrentRound(cast, story, current).plan()
    OpenRound(cast, story, following).plan()
    for day in (*range(earlier_round.OPENS, earlier_round.RELEASE), *range(current_round.OPENS, 0)):
        story.on(day, MORNING, look_after)
    story.on(earlier_round.RELEASE, 17.1, look_after)
    story.then(story.now, lambda: _let_observe(cast, current, following))
    story.play()


def demo_rounds(story: Timeline) -> tuple[DemoRound, DemoRound, DemoRound]:
    """The earlier, the current and the open round, not made yet; lettered by the year of their close."""
    seen: Counter[int] = Counter()
    found = []
    for dates in (earlier_round, current_round, open_round):
        closes = story.day(dates.CLOSES)
        code = f"{PROGRAMME}-{closes:%y}{'ABC'[seen[closes.year]]}"
        seen[closes.year] += 1
        span = Dates(dates.OPENS, dates.CLOSES, dates.DUE, dates.RELEASE)
        found.append(DemoRound(code, f"{PROGRAMME}, closing {closes:%B %Y}", span))
    return found[0], found[1], found[2]


def catch_up() -> None:
    """Do the jobs and send the mails that are due: what the scheduler does all the time."""
    running.run_due()
    send_due(FolderCarrier(settings()))


def look_after() -> None:
    """Do what comes back: reminders, offers that ran out, releases."""
    for work in RECURRING:
        work.run()


def _let_observe(cast: Cast, *rounds: DemoRound) -> None:
    for round_ in rounds:
        cast.grant("observer", Role.OBSERVER, round_.id)
