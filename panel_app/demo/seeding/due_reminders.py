"""Reminders that are due now, as many as are wanted: drafts of as many candidates, whose round closes in two days."""

from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

from panel_app import clock
from panel_app.accounts.services import actor_of, add_person
from panel_app.demo.seeding.rounds import PROGRAMME
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.times import to_wall
from panel_app.portfolios.services import start_portfolio
from panel_app.programmes import queries
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import RoundPlan, make_round, publish_round

ZONE = "UTC"
RULE = "draft_not_submitted"
DAYS_BEFORE = 2
JUST_NOW = timedelta(minutes=2)
STARTED = timedelta(days=1)


def make_due_reminders(number: int) -> str:
    """Make a round with so many drafts, each with a reminder that has just come due; gives the round's code.

    Nothing is written to the outbox here: the scheduler finds what is due.
    """
    due_at = clock.now() - JUST_NOW
    with clock.pinned(due_at - 2 * STARTED):
        code, key = _round()
    with clock.pinned(due_at - STARTED):
        for each in range(1, number + 1):
            email = f"reader-{each}@{code.lower()}.example.org"
            person = actor_of(add_person(SYSTEM, f"Reader {each} of {code}", email, zone=ZONE))
            start_portfolio(person, key, organisation=f"Reading Room {each} (demo)")
    return code


def _round() -> tuple[str, str]:
    due_at = clock.now() + 2 * STARTED
    closes = due_at.astimezone(ZoneInfo(ZONE)).replace(hour=23, minute=59) + timedelta(days=DAYS_BEFORE)
    days = {Which.OPENS: None, Which.CLOSES: 0, Which.SCORING_DUE: 14, Which.RELEASE: 28}
    walls = {
        which: to_wall(clock.now() if after is None else closes + timedelta(days=after), ZONE)
        for which, after in days.items()
    }
    plan = RoundPlan(
        code=next(code for n in count(1) if queries.round_by_code(code := f"{PROGRAMME}-T{n}") is None),
        title="CPAP, reminders on trial",
        rubric_key=next(each.key for each in queries.published_rubrics() if each.programme == PROGRAMME),
        zone=ZONE,
        walls=walls,
        working={
            "reminders": {RULE: _setting()},
            "remind_at": f"{due_at:%H:%M}",
            "quiet_from": "00:00",
            "quiet_until": "00:00",
        },
    )
    made = make_round(SYSTEM, plan)
    publish_round(SYSTEM, made.key)
    return made.code, made.key


def _setting() -> dict[str, object]:
    return {
        "is_on": True,
        "before_due_days": [DAYS_BEFORE],
        "on_due": False,
        "overdue_every_days": None,
        "escalate_after_days": None,
    }
