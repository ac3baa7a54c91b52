"""What assessors, coordinators and moderators can tell of sheets that they don't read: nothing, byte for byte."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import actor_of, begin_sign_in
from panel_app.assignment import services as assignments
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator, a_moderator
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet, a_started_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.running import run_due
from panel_app.foundation.outbox.models import Notification
from panel_app.panel.models import Member
from panel_app.reminders.services import make_due
from tests.blindness.walk import everything
from tests.blindness.world import World
from tests.conftest import START
from tests.support.databases import SqliteDatabases
from tests.support.outbox import send
from tests.support.pages import Visitor
from tests.support.smtp import Mailbox

GRACE = timedelta(minutes=30)
SAME = {"C1": 3, "C2": 3, "C3": 3, "C4": 3, "C5": 3, "C6": 3}
APART = {**SAME, "C1": 1}
OWN_SIGN_INS = b"/account/sign-ins"
PASSING = (
    (rb"(?im)^(set-cookie|x-request-id|etag|content-length|location): .*$", b""),
    (rb"(?m)^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$", b""),
    (rb'(csrf[-_]token" (?:content|value)=")[^"]+', rb"\1"),
    (rb'(name="(?:page|form_key|operation)" value="|data-page=")[a-z2-7]{26}', rb"\1"),
    (rb"\b[0-9a-f]{16}\b", b"ID"),
)
"""What differs from answer to answer, whoever asks."""


@pytest.fixture(scope="module")
def pair(sqlite_databases: SqliteDatabases) -> Iterator[tuple[World, Actor, Actor]]:
    """A first sheet in, the second being written, a third member free; with a moderator and the free one."""
    sqlite_databases.renew()
    with clock.pinned(START), sqlite_databases.app.app_context():
        round_ = a_round(state="closed", working={"grace_minutes": 30})
        portfolio = an_admitted_portfolio(round_)
        first, second = a_member(round_), a_member(round_)
        given = [an_assignment(portfolio, member, state="accepted") for member in (first, second)]
        free = a_member(round_)
        a_submitted_sheet(given[0].key, levels=SAME)
        keys = tuple(each.key for each in given)
        world = World(round_, portfolio, a_coordinator(round_.id), second.actor, first.actor, free.actor, keys)
        moderator = a_moderator(round_.id)
        a_started_sheet(given[1].key)
        sqlite_databases.keep("pair")
        yield world, moderator, free.actor


def seen_by(databases: SqliteDatabases, world: World, who: Actor) -> dict[bytes, bytes]:
    """Everything that the actor reaches, without what passes."""
    assert who.person_id is not None
    visitor = Visitor(databases.app, begin_sign_in(who.person_id))
    reached = {plain(at.encode()): plain(content) for at, content in everything(databases.app, visitor, world)}
    return {at: content for at, content in reached.items() if at != OWN_SIGN_INS}


def plain(content: bytes) -> bytes:
    for pattern, kept in PASSING:
        content = re.sub(pattern, kept, content)
    return content


def mails_of(who: Actor) -> list[str]:
    query = select(Notification).filter_by(person_id=who.person_id).order_by(Notification.id)
    return [f"{row.kind} {row.subject}\n{row.text}\n{row.html}" for row in reading().scalars(query)]


def second_submits(databases: SqliteDatabases, world: World, levels: dict[str, int]) -> None:
    databases.renew("pair")
    a_saved_sheet(world.assignments[1], levels=levels)
    a_submitted_sheet(world.assignments[1], levels=levels)


def differing(one: dict[bytes, bytes], other: dict[bytes, bytes]) -> list[bytes]:
    return sorted(address for address in one.keys() | other.keys() if one.get(address) != other.get(address))


def test_while_a_sheet_can_be_taken_back_nobody_can_tell_whether_a_discrepancy_sleeps(
    sqlite_databases: SqliteDatabases, pair: tuple[World, Actor, Actor]
) -> None:
    world, moderator, free = pair
    viewers = (world.coordinator, moderator, world.submitted, free)
    seen, woken = [], []
    for levels in (SAME, APART):
        second_submits(sqlite_databases, world, levels)
        seen.append([(seen_by(sqlite_databases, world, who), mails_of(who)) for who in viewers])
        with clock.pinned(START + GRACE):
            run_due()
            woken.append(seen_by(sqlite_databases, world, world.coordinator))

    for (one, told), (other, told_too) in zip(*seen, strict=True):
        assert differing(one, other) == []
        assert told == told_too
    assert differing(*woken) != []


def as_third(databases: SqliteDatabases, world: World) -> None:
    """The free member is asked as a third: the two sheets lie apart."""
    second_submits(databases, world, APART)
    with clock.pinned(START + GRACE):
        run_due()


def as_replacement(databases: SqliteDatabases, world: World) -> None:
    """The free member is asked in the place of the second of a first pair, at the same instant."""
    databases.renew("pair")
    with clock.pinned(START + GRACE):
        run_due()
        assignments.recuse(world.scoring, world.assignments[1], "I know this work.")


def offered_to(free: Actor) -> Assignment:
    query = select(Assignment).join(Member).where(Member.person_id == free.person_id)
    return reading().scalars(query).one()


def told_and_shown(
    databases: SqliteDatabases, world: World, free: Actor, smtp: Mailbox
) -> tuple[AssignmentRole, list[object]]:
    """What the free member is told and shown from the offer to the submission, late; the key of the offer left out."""
    steps: list[object] = []
    row = offered_to(free)
    key, role, answer_by, due_at = row.key, row.role, row.answer_by, row.due_at
    own = World(world.round, world.portfolio, world.coordinator, free, free, free, (key,))

    def look() -> None:
        here = {a.replace(key.encode(), b"KEY"): b for a, b in seen_by(databases, own, free).items()}
        steps.append({address: body.replace(key.encode(), b"KEY") for address, body in here.items()})
        steps.append([mail.replace(key, "KEY") for mail in mails_of(free)])

    with clock.pinned(START + 2 * GRACE):
        send(databases.app, smtp)
        look()
    with clock.pinned(answer_by):
        make_due()
        assignments.accept_offer(actor_of(free.person_id or 0), key)
        look()
    for days in (-7, -2, 0, 5):
        with clock.pinned(due_at + timedelta(days=days)):
            make_due()
    with clock.pinned(due_at + timedelta(days=5)):
        a_started_sheet(key)
        look()
        a_submitted_sheet(key, levels=SAME)
        look()
    with clock.pinned(due_at + timedelta(days=5) + 2 * GRACE):
        run_due()
        look()
    assert offered_to(free).state is AssignmentState.SUBMITTED
    return role, steps


def test_a_third_is_told_and_shown_what_a_replacement_in_a_first_pair_is(
    sqlite_databases: SqliteDatabases, pair: tuple[World, Actor, Actor], smtp: Mailbox
) -> None:
    world, _, free = pair
    as_third(sqlite_databases, world)
    third, told_third = told_and_shown(sqlite_databases, world, free, smtp)

    as_replacement(sqlite_databases, world)
    replacement, told_replacement = told_and_shown(sqlite_databases, world, free, smtp)

    assert (third, replacement) == (AssignmentRole.THIRD, AssignmentRole.ASSESSOR)
    for at, (one, other) in enumerate(zip(told_third, told_replacement, strict=True)):
        if isinstance(one, dict) and isinstance(other, dict):
            assert differing(one, other) == [], at
        assert one == other, at
    reminded = " ".join(mail for mail in mails_of(free) if mail.startswith("reminders/"))
    assert [words in reminded for words in ("Offer to assess", "Score sheet for")] == [True, True]
