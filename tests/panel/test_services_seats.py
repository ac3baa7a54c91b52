"""Inviting members, and their places on panels."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app.accounts.models import Person
from panel_app.accounts.queries import account_by_address
from panel_app.accounts.rules import PersonState
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.panel.models import Member
from panel_app.panel.queries import members_of, panel_page
from panel_app.panel.rules import MOST_CAPACITY
from panel_app.panel.services import change_seat, choose_lead, invite_member

pytestmark = pytest.mark.both_databases


def test_an_invited_address_is_a_person_at_once_and_listed(app: Flask) -> None:
    round_ = a_round()

    made = invite_member(a_coordinator(round_.id), round_.key, "New@Example.org", capacity=3)

    rows, total = panel_page(round_.id, None, "", 1)
    account = account_by_address("new@example.org")
    assert (total, [row.name for row in rows], rows[0].state_words) == (1, ["New"], "Invited")
    assert account is not None
    assert (account.id, account.state, made.is_new) == (made.person_id, PersonState.INVITED, True)


def test_a_second_round_takes_the_same_person_and_member(app: Flask) -> None:
    first, second = a_round(), a_round()
    made = invite_member(SYSTEM, first.key, "twice@example.org", capacity=3)

    again = invite_member(SYSTEM, second.key, " Twice@EXAMPLE.org ", capacity=2)

    assert (again.member_id, again.person_id, again.is_new) == (made.member_id, made.person_id, False)
    assert reading().scalar(select(func.count()).select_from(Member)) == 1
    assert reading().scalar(select(func.count()).select_from(Person).where(Person.name == "twice")) == 1


def test_a_second_place_on_the_same_panel_is_refused(app: Flask) -> None:
    round_ = a_round()
    invite_member(SYSTEM, round_.key, "twice@example.org", capacity=3)

    with pytest.raises(Conflicted) as refused:
        invite_member(SYSTEM, round_.key, "twice@example.org", capacity=3)

    assert (refused.value.field, refused.value.sentence[:35]) == ("email", "This person sits on the round's pan")


def test_who_has_an_open_account_gets_a_mail_about_the_place(app: Flask) -> None:
    round_, known = a_round(), a_person(email="known@example.org")

    invite_member(SYSTEM, round_.key, "known@example.org", capacity=3)

    mails = reading().execute(select(Notification.kind, Notification.person_id, Notification.subject)).all()
    assert mails == [("panel/seated", known.person_id, f"You are on the panel of {round_.code}")]


def test_only_a_coordinator_of_the_round_invites(app: Flask) -> None:
    round_, other = a_round(), a_round()

    with pytest.raises(Refused) as refused:
        invite_member(a_coordinator(other.id), round_.key, "new@example.org", capacity=3)

    assert refused.value.refusal.hidden
    assert account_by_address("new@example.org") is None


def test_an_invitation_fills_only_what_the_member_left_empty(app: Flask) -> None:
    first, second = a_round(), a_round()
    a_member(first, email="ina@example.org", organisation="North Pier Research", domains=["PSF-1"])

    invite_member(SYSTEM, second.key, "ina@example.org", organisation="Elsewhere", domains=["PSF-2"], capacity=1)

    (member,) = members_of(second.id)
    assert (member.organisation, member.domains) == ("North Pier Research", frozenset({"PSF-1"}))


@pytest.mark.parametrize("capacity", [-1, MOST_CAPACITY + 1])
def test_a_capacity_out_of_bounds_is_refused(app: Flask, capacity: int) -> None:
    member = a_member(a_round(), capacity=4)

    with pytest.raises(Refused, match=f"from 0 to {MOST_CAPACITY}"):
        change_seat(member.actor, member.seat_key, capacity=capacity)


def test_a_member_changes_capacity_and_days_away(app: Flask) -> None:
    round_ = a_round()
    member = a_member(round_)

    change_seat(member.actor, member.seat_key, capacity=2, away_from=date(2027, 2, 1), away_until=date(2027, 2, 5))

    (row,) = members_of(round_.id)
    assert (row.capacity, row.is_away(date(2027, 2, 5)), row.is_away(date(2027, 2, 6))) == (2, True, False)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [(date(2027, 2, 5), date(2027, 2, 1), "not before the first"), (date(2027, 2, 5), None, "both days")],
)
def test_days_away_that_are_none_are_refused(app: Flask, first: date, last: date | None, says: str) -> None:
    member = a_member(a_round())

    with pytest.raises(Conflicted, match=says) as refused:
        change_seat(member.actor, member.seat_key, capacity=4, away_from=first, away_until=last)

    assert refused.value.field == "away_until"


def test_nobody_changes_the_place_of_another_member(app: Flask) -> None:
    round_ = a_round()
    member, other = a_member(round_), a_member(round_)

    with pytest.raises(Refused) as refused:
        change_seat(other.actor, member.seat_key, capacity=1)

    assert refused.value.refusal.hidden


def test_a_member_does_not_make_themself_lead(app: Flask) -> None:
    round_ = a_round()
    member = a_member(round_)

    with pytest.raises(Refused):
        choose_lead(member.actor, member.seat_key, is_lead=True)
    choose_lead(a_coordinator(round_.id), member.seat_key, is_lead=True)

    assert [row.is_lead for row in members_of(round_.id)] == [True]


def test_the_panel_of_an_ended_round_stands_still(app: Flask) -> None:
    round_ = a_round(state="ended")

    with pytest.raises(Refused, match="has ended"):
        invite_member(SYSTEM, round_.key, "new@example.org", capacity=3)
