"""Published dates move: with a reason, a row, a happening and a message to whom it concerns."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import deactivate_person, grant_role
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person, a_signer, an_admin
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation import happenings
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.happenings import on
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.foundation.times import to_wall
from panel_app.programmes import queries, services
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.rules.dates import Which

pytestmark = pytest.mark.both_databases


@pytest.fixture
def heard() -> Iterator[list[DatesMoved]]:
    """What a later stage would hear."""
    found: list[DatesMoved] = []

    @on(DatesMoved)
    def listen(happened: DatesMoved, _by: Actor) -> None:
        found.append(happened)

    yield found
    happenings._LISTENERS[DatesMoved].remove(listen)


def mails() -> list[Notification]:
    return list(reading().scalars(select(Notification).order_by(Notification.recipient)))


def test_move_is_kept_told_and_heard(app: Flask, heard: list[DatesMoved]) -> None:
    made = a_round(zone="America/Los_Angeles")
    people = [a_coordinator(made.id), a_moderator(made.id), a_signer(made.id)]
    stranger = a_person()

    services.move_dates(people[0], made.key, {Which.CLOSES: "2027-01-20T17:00"}, " A strike. ")

    moved = queries.round_by_id(made.id)
    assert moved.closes_wall == "2027-01-20T17:00"
    assert to_wall(moved.closes_at, "UTC") == "2027-01-21T01:00"
    assert moved.release_at == made.release_at
    (row,) = queries.date_moves(made.id)
    assert (row.which, row.from_wall, row.reason, row.author) == (
        Which.CLOSES, made.closes_wall, "A strike.", people[0].name,
    )  # fmt: skip
    assert [each.moves for each in heard] == [{"closes": (made.closes_wall, "2027-01-20T17:00")}]
    assert {mail.person_id for mail in mails()} == {each.person_id for each in people}
    assert stranger.person_id not in {mail.person_id for mail in mails()}


def test_mail_names_the_readers_zone_and_the_rounds(app: Flask) -> None:
    """B001."""
    made = a_round(zone="America/Los_Angeles")
    reader = a_person(zone="Europe/Berlin")
    grant(reader, made.id)

    services.move_dates(SYSTEM, made.key, {Which.CLOSES: "2027-01-20T17:00"}, "A <b>strike</b>.")

    (mail,) = mails()
    both = "Wed 20 Jan 2027 17:00 PST (Los Angeles) = Thu 21 Jan 2027 02:00 CET (Berlin)"
    assert f"Closes for portfolios: {both}" in mail.text
    assert both in mail.html
    assert f"http://localhost/rounds/{made.key}" in mail.text
    assert mail.subject == f"Dates of {made.code} have moved"
    assert "Why: A <b>strike</b>." in mail.text
    assert "A &lt;b&gt;strike&lt;/b&gt;." in mail.html


def grant(person: Actor, round_id: int) -> None:
    assert person.person_id is not None
    grant_role(SYSTEM, person.person_id, Role.SIGNER, round_id)


def test_person_with_two_roles_gets_one_message(app: Flask) -> None:
    made = a_round()
    moderator = a_moderator(made.id)
    grant(moderator, made.id)

    services.move_dates(SYSTEM, made.key, {Which.RELEASE: "2027-06-01T10:00"}, "More time.")

    assert [mail.person_id for mail in mails()] == [moderator.person_id]


@pytest.mark.parametrize(
    ("walls", "reason", "words"),
    [
        ({Which.CLOSES: "2027-01-10T09:00"}, "Less.", "Candidates were promised the time until"),
        ({Which.OPENS: "2027-01-10T09:00"}, "Later.", "has passed"),
        ({Which.CLOSES: "2027-01-30T09:00"}, " ", "Give a reason"),
        ({}, "Nothing.", "No date is different"),
        ({Which.CLOSES: "2027-03-28T01:30"}, "Night.", "does not exist in Europe/Lisbon"),
        ({Which.RELEASE: "2027-01-04T08:00"}, "Now.", "still to come"),
    ],
)
def test_move_is_refused_and_nothing_has_changed(
    app: Flask, heard: list[DatesMoved], walls: dict[Which, str], reason: str, words: str
) -> None:
    made = a_round(state="open")

    with pytest.raises(Refused, match=words):
        services.move_dates(SYSTEM, made.key, walls, reason)

    assert queries.round_by_id(made.id) == made
    assert (queries.date_moves(made.id), heard, mails()) == ([], [], [])


def test_dates_out_of_order_are_refused_beside_their_field(app: Flask) -> None:
    made = a_round(state="open")

    with pytest.raises(Conflicted) as refused:
        services.move_dates(SYSTEM, made.key, {Which.CLOSES: to_wall(made.release_at, made.zone)}, "Longer.")

    assert refused.value.field == "scoring_due"
    assert queries.date_moves(made.id) == []


@pytest.mark.parametrize("state", ["draft", "ended"])
def test_dates_move_only_while_the_round_is_published(app: Flask, state: str) -> None:
    made = a_round(state=state)
    later = to_wall(made.release_at + timedelta(days=900), made.zone)

    with pytest.raises(Refused, match="only while the round is published"):
        services.move_dates(SYSTEM, made.key, {Which.RELEASE: later}, "Longer.")


def test_close_that_has_passed_stays(app: Flask) -> None:
    made = a_round(state="open")
    later = to_wall(made.closes_at + timedelta(days=2), made.zone)

    with clock.pinned(made.closes_at + timedelta(seconds=1)), pytest.raises(Refused, match="Grant an extension"):
        services.move_dates(SYSTEM, made.key, {Which.CLOSES: later}, "Longer.")


def test_person_whose_account_is_closed_gets_no_message(app: Flask) -> None:
    made = a_round()
    signer = a_signer(made.id)
    deactivate_person(an_admin(), signer.key, "Left.")

    services.move_dates(SYSTEM, made.key, {Which.RELEASE: "2027-06-01T10:00"}, "More time.")

    assert mails() == []
    assert len(queries.date_moves(made.id)) == 1
