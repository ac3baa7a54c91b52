"""Which reminders there are of a thing, by example."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from panel_app.foundation.words import sentence
from panel_app.programmes.rules.policies import ReminderSetting
from panel_app.reminders.rules.hours import Hours
from panel_app.reminders.rules.occurrences import Occurrence, Plan, Reader, Waiting, all_times, digests

HOURS = Hours(time(9), time(21), time(7))
USUAL = ReminderSetting(is_on=True, before_due_days=(7, 2), on_due=True, overdue_every_days=2, escalate_after_days=3)
IVY = Reader(1, "Ivy", "Europe/Berlin")
SHEET = Waiting(
    subject="a" * 26,
    reader=IVY,
    since=datetime(2027, 2, 1, 12, tzinfo=UTC),
    deadline=datetime(2027, 3, 1, 16, tzinfo=UTC),
    what=sentence("Score sheet for %(reference)s", reference="CPAP-27A-K7Q2"),
    endpoint="scoring.sheet",
)


def plan(until: datetime, setting: ReminderSetting = USUAL, **more: object) -> Plan:
    coordinators = (Reader(9, "Parsnip", "UTC"),)
    return replace(Plan("sheets", setting, "Europe/Berlin", HOURS, until, coordinators), **more)  # type: ignore[arg-type]


def told(found: list[Occurrence]) -> list[tuple[str, str]]:
    return [(each.occurrence.split("@")[0], each.due_at.strftime("%m-%d %H:%M")) for each in found]


def test_a_sheet_is_reminded_of_before_on_the_day_overdue_and_to_the_coordinator() -> None:
    found = list(all_times(plan(datetime(2027, 3, 6, tzinfo=UTC)), SHEET))

    assert told(found) == [
        ("before-7", "02-22 08:00"),
        ("before-2", "02-27 08:00"),
        ("due", "03-01 08:00"),
        ("overdue-2", "03-03 08:00"),
        ("overdue-4", "03-05 08:00"),
        ("told-3", "03-04 08:00"),
    ]
    assert [each.reader.name for each in found] == ["Ivy"] * 5 + ["Parsnip"]


def test_every_two_days_until_done_makes_five_in_ten_days() -> None:
    until = SHEET.deadline + timedelta(days=10)

    found = list(plan(until).overdue(SHEET))

    assert [each.due_at.day for each in found] == [3, 5, 7, 9, 11]


def test_nothing_of_before_the_wait_began_is_made_up_for() -> None:
    late_offer = replace(SHEET, since=datetime(2027, 2, 26, tzinfo=UTC))

    found = list(plan(SHEET.deadline).before(late_offer))

    assert told(found) == [("before-2", "02-27 08:00")]


def test_a_moved_deadline_makes_new_occurrences() -> None:
    moved = replace(SHEET, deadline=SHEET.deadline + timedelta(days=7))
    until = datetime(2027, 3, 9, tzinfo=UTC)

    first, second = list(plan(until).on_due(SHEET)), list(plan(until).on_due(moved))

    assert first[0].identity != second[0].identity


def test_due_tomorrow_counts_from_the_persons_own_deadline() -> None:
    tomorrow = replace(USUAL, before_due_days=(1,), on_due=False)
    extended = replace(SHEET, deadline=datetime(2027, 3, 8, 16, tzinfo=UTC))

    found = list(plan(datetime(2027, 3, 9, tzinfo=UTC), tomorrow).before(extended))

    assert told(found) == [("before-1", "03-07 08:00")]


@pytest.mark.parametrize(
    ("zone", "due"),
    [("Europe/Berlin", "03-01 08:00"), ("America/Los_Angeles", "03-01 15:00"), ("Pacific/Kiritimati", "03-01 08:00")],
)
def test_nobody_is_written_to_at_night_unless_the_deadline_would_pass(zone: str, due: str) -> None:
    abroad = replace(SHEET, reader=replace(IVY, zone=zone))

    found = list(plan(SHEET.deadline).on_due(abroad))

    assert told(found) == [("due", due)]


def test_a_deadline_in_the_early_morning_is_told_the_day_before() -> None:
    early = replace(SHEET, deadline=datetime(2027, 3, 1, 5, tzinfo=UTC))

    assert told(list(plan(early.deadline).on_due(early))) == [("due", "02-28 08:00")]


def test_one_message_holds_all_of_a_person_and_each_thing_once() -> None:
    sheets = [replace(SHEET, subject=letter * 26) for letter in "abcd"]
    until = datetime(2027, 3, 6, tzinfo=UTC)
    missed = [each for sheet in sheets for each in plan(until).overdue(sheet)]

    (digest,) = digests(missed)

    assert [item.latest.waiting.subject[0] for item in digest.items] == ["a", "b", "c", "d"]
    assert [len(item.occurrences) for item in digest.items] == [2, 2, 2, 2]
    assert {item.latest.occurrence.split("@")[0] for item in digest.items} == {"overdue-4"}


def test_a_line_is_late_a_quarter_of_an_hour_after_its_time() -> None:
    (digest,) = digests(plan(SHEET.deadline).on_due(SHEET))
    at = digest.due_at

    assert not digest.items[0].is_late(at + timedelta(minutes=15))
    assert digest.items[0].is_late(at + timedelta(minutes=16))


def test_a_setting_may_leave_out_every_kind() -> None:
    silent = ReminderSetting(
        is_on=True, before_due_days=(), on_due=False, overdue_every_days=None, escalate_after_days=None
    )

    assert list(all_times(plan(SHEET.deadline + timedelta(days=30), silent), SHEET)) == []
