"""50 and 500 members who type at once, a save each two seconds, behind gunicorn; the bare view under the same crowd.

Then the server is killed and started again while they type: every acknowledged save must be kept, once.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from bench.databases import Site, environment
from bench.pages import signed_in, token_of
from bench.played import NOW
from bench.served import Served
from bench.typing_members import Member, type_for
from panel_app import clock
from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import db, reading
from panel_app.panel.models import Member as PanelMember
from panel_app.scoring.models import ScoreSheet, SheetSave
from panel_app.scoring.queries import sheet_head, values_of

CROWDS = (50, 500)
SECONDS = 20.0
KILLS = 50


@dataclass(frozen=True)
class CrowdRow:
    """A crowd of one size: saves a second, and the milliseconds of each, of the product and the bare view."""

    members: int
    rate: float
    times: tuple[float, ...]
    bare_rate: float
    bare_times: tuple[float, ...]

    def at(self, share: float, *, bare: bool = False) -> float:
        """The time that this share of the saves kept."""
        ordered = sorted(self.bare_times if bare else self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class KillRow:
    """What became of the saves while the server was killed: acknowledged, kept, lost, doubled, and broken rules."""

    kills: int
    acknowledged: int
    kept: int
    lost: int
    doubled: int
    broken: int


def crowds(site: Site, folder: Path, sizes: Sequence[int] = CROWDS, seconds: float = SECONDS) -> list[CrowdRow]:
    """Each crowd at the product, then at the bare view."""
    return [_row(site, folder, size, seconds) for size in sizes]


def _row(site: Site, folder: Path, size: int, seconds: float) -> CrowdRow:
    took = _typed(Served("wsgi:app", environment(site.url, folder)), members_of(site, size), seconds)
    bare = _typed(Served("bench.bare:app", environment(site.url, folder)), members_of(site, size), seconds)
    return CrowdRow(size, len(took) / seconds, _milliseconds(took), len(bare) / seconds, _milliseconds(bare))


def _typed(served: Served, members: Sequence[Member], seconds: float) -> list[float]:
    served.start()
    try:
        type_for(min(seconds, 4.0), served.port, _at(served, members))  # until every worker is warm
        return type_for(seconds, served.port, members)
    finally:
        served.kill()


def killed(site: Site, folder: Path, size: int = CROWDS[0], kills: int = KILLS) -> KillRow:
    """The crowd types while the server is killed and started again so often; then what is kept is counted."""
    served, members = Served("wsgi:app", environment(site.url, folder)), members_of(site, size)
    served.start()
    _at(served, members)
    before = _kept_saves(site)
    stop = threading.Event()

    def kill_and_start() -> None:
        for _ in range(kills):
            time.sleep(1.0)
            served.kill()
            served.start()
        stop.set()

    killer = threading.Thread(target=kill_and_start)
    killer.start()
    while not stop.is_set():
        type_for(5.0, served.port, members)
    killer.join()
    served.kill()
    return _counted(site, members, kills, before)


def _counted(site: Site, members: Sequence[Member], kills: int, before: int) -> KillRow:
    with site.app.app_context(), clock.pinned(NOW):
        reading().rollback()
        lost = doubled = acknowledged = 0
        for member in members:
            acknowledged += len(member.acknowledged)
            numbers = _operations(member.assignment)
            lost += sum(operation not in numbers for operation in member.acknowledged)
            doubled += sum(number > 1 for number in numbers.values())
            lost += _overwritten(member)
        broken = len([each for each in invariant.run() if each[0].startswith("scoring.")])
        db.session.remove()
    return KillRow(kills, acknowledged, _kept_saves(site) - before, lost, doubled, broken)


def _operations(assignment_key: str) -> dict[str, int]:
    """Operation → how often it is kept."""
    found = select(SheetSave.operation, func.count()).join(ScoreSheet, ScoreSheet.id == SheetSave.sheet_id)
    of_it = found.join(Assignment, Assignment.id == ScoreSheet.assignment_id).where(Assignment.key == assignment_key)
    return {row[0]: row[1] for row in reading().execute(of_it.group_by(SheetSave.operation))}


def _overwritten(member: Member) -> int:
    """How many fields don't hold what was acknowledged last."""
    found = select(Assignment.id).where(Assignment.key == member.assignment)
    head = sheet_head(reading().execute(found).scalar_one())
    assert head is not None
    values = values_of(head)
    return sum(values[name] != text for name, text in member.last.items())


def _kept_saves(site: Site) -> int:
    with site.app.app_context():
        reading().rollback()
        return reading().scalar(select(func.count()).select_from(SheetSave)) or 0


def members_of(site: Site, number: int) -> list[Member]:
    """So many open sheets, each with its assessor's cookie and token. Raises AssertionError when there are fewer."""
    with site.app.app_context(), clock.pinned(NOW):
        open_sheets = (
            select(Assignment.key, ScoreSheet.revision, PanelMember.person_id)
            .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
            .join(PanelMember, PanelMember.id == Assignment.member_id)
            .where(Assignment.state == AssignmentState.SCORING)
            .order_by(Assignment.id)
            .limit(number)
        )
        rows = reading().execute(open_sheets).all()
        reading().rollback()
    assert len(rows) == number, f"the round has {len(rows)} open sheets, {number} are needed: make it larger"
    headers = {person: _headers(site.app, person) for person in {row.person_id for row in rows}}
    return [Member(f"/reviews/{row.key}/sheet", row.key, headers[row.person_id], row.revision) for row in rows]


def _headers(app: Flask, person_id: int) -> str:
    with app.app_context(), clock.pinned(NOW):
        client = signed_in(app, person_id)
    token = token_of(app, client)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    lines = {"Cookie": f"{name}={cookie.value}", "X-CSRFToken": token, "Content-Type": "application/json"}
    return "".join(f"{header}: {value}\r\n" for header, value in lines.items())


def _at(served: Served, members: Sequence[Member]) -> Sequence[Member]:
    for member in members:
        member.headers = f"Host: 127.0.0.1:{served.port}\r\n" + member.headers
    return members


def _milliseconds(took: Sequence[float]) -> tuple[float, ...]:
    return tuple(1000 * each for each in took)
