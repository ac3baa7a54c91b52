"""Programmes and rounds with every default valid: made, published and ended through the services."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from panel_app import clock
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.times import WallClockError, to_instant, to_wall
from panel_app.programmes import queries
from panel_app.programmes.queries import RoundView
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import RoundPlan, end_round, load_programmes, make_round, publish_round

# Days from now to (opening, close, score sheets due, release), for each state in which a round may be wanted.
DAYS: Mapping[str, tuple[int, int, int, int]] = {
    "draft": (7, 35, 56, 70),
    "upcoming": (7, 35, 56, 70),
    "open": (-14, 14, 35, 49),
    "closed": (-30, -2, 19, 33),
    "scored": (-60, -32, -4, 10),
    "released": (-90, -62, -34, -20),
    "ended": (-90, -62, -34, -20),
}


def the_programmes() -> dict[str, str]:
    """Load both programmes, once; gives the key of each programme's latest published rubric by its code."""
    load_programmes(SYSTEM)
    keys: dict[str, str] = {}
    for rubric in queries.published_rubrics():
        keys.setdefault(rubric.programme, rubric.key)
    return keys


def a_round(
    code: str | None = None,
    *,
    programme: str = "CPAP",
    state: str = "open",
    title: str | None = None,
    zone: str = "Europe/Lisbon",
    by: Actor = SYSTEM,
    promised: Mapping[str, object] | None = None,
    working: Mapping[str, object] | None = None,
    **dates: datetime | timedelta,
) -> RoundView:
    """A round in a state of DAYS. `opens`, `closes`, `scoring_due`, `release`: instants, or distances from now.

    It was made and published a day before its opening, so that no state is out of reach. A submitted sheet can't be
    taken back in it, so that what follows follows at once: `working={"grace_minutes": 30}` for one with a grace.
    """
    at = _instants(state, dates)
    code = code or _free_code(programme)
    plan = RoundPlan(
        code=code,
        title=title or f"{programme} {at[Which.OPENS]:%B %Y}",
        rubric_key=the_programmes()[programme],
        zone=zone,
        walls={which: _wall(instant, zone) for which, instant in at.items()},
        promised=promised or {},
        working={"grace_minutes": 0, **(working or {})},
    )
    with clock.pinned(min(clock.now(), at[Which.OPENS] - timedelta(days=1))):
        made = make_round(by, plan)
        if state != "draft":
            made = publish_round(SYSTEM, made.key)
    return end_round(SYSTEM, made.key) if state == "ended" else made


def _instants(state: str, dates: Mapping[str, datetime | timedelta]) -> dict[Which, datetime]:
    now = clock.now()
    at = {which: now + timedelta(days=days) for which, days in zip(Which, DAYS[state], strict=True)}
    given = {Which(name): now + when if isinstance(when, timedelta) else when for name, when in dates.items()}
    return {**at, **given}


def _wall(instant: datetime, zone: str) -> str:
    """The wall-clock time of an instant; an hour later where clocks go back and it would come twice."""
    wall = to_wall(instant, zone)
    try:
        to_instant(wall, zone)
    except WallClockError:
        return to_wall(instant + timedelta(hours=2), zone)
    return wall


def _free_code(programme: str) -> str:
    year = f"{clock.now():%y}"
    letters = (f"{first}{second}" for first in ("", *"ABCDEFGHIJ") for second in "ABCDEFGHJKLMNPQRSTUVWXYZ")
    return next(code for each in letters if queries.round_by_code(code := f"{programme}-{year}{each}") is None)
