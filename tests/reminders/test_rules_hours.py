"""Times of day on days that are an hour short or long."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.reminders.rules.hours import Hours, after_quiet, is_quiet, on_day

BERLIN = "Europe/Berlin"
NIGHT = Hours(time(9), time(21), time(7))
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def test_a_time_that_the_day_skips_is_the_first_instant_after_the_gap() -> None:
    assert on_day(SPRING, time(2, 30), BERLIN) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert on_day(AUTUMN, time(2, 30), BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("changes_on", [SPRING, AUTUMN])
def test_a_daily_time_comes_once_on_each_day_around_a_clock_change(changes_on: date) -> None:
    days = [changes_on + timedelta(days=n) for n in range(-2, 3)]

    instants = [on_day(day, time(2, 30), BERLIN) for day in days]

    assert [each.astimezone(ZoneInfo(BERLIN)).date() for each in instants] == days
    assert instants == sorted(set(instants))


def test_quiet_hours_that_end_inside_the_gap_end_at_a_real_instant() -> None:
    hours = Hours(time(9), time(22), time(2, 30))
    midnight = datetime(2027, 3, 27, 23, 0, tzinfo=UTC)

    end = after_quiet(midnight, hours, BERLIN)

    assert end == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert not is_quiet(end, hours, BERLIN)
    assert is_quiet(end - timedelta(seconds=1), hours, BERLIN)


@pytest.mark.parametrize(
    ("wall", "quiet"), [("20:59", False), ("21:00", True), ("23:59", True), ("06:59", True), ("07:00", False)]
)
def test_the_night_is_quiet_in_the_readers_own_zone(wall: str, quiet: bool) -> None:
    instant = datetime.fromisoformat(f"2027-01-10T{wall}").replace(tzinfo=ZoneInfo("America/Los_Angeles"))

    assert is_quiet(instant, NIGHT, "America/Los_Angeles") == quiet


def test_quiet_hours_may_lie_inside_one_day() -> None:
    noon = Hours(time(9), time(12), time(14))

    assert after_quiet(datetime(2027, 1, 10, 12, 30, tzinfo=UTC), noon, "UTC") == datetime(2027, 1, 10, 14, tzinfo=UTC)


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert not is_quiet(datetime(2027, 1, 10, 3, tzinfo=UTC), Hours(time(9), time(0), time(0)), "UTC")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]),
    st.times(),
    st.times(),
)
def test_what_comes_after_the_quiet_is_never_quiet_nor_earlier(instant: datetime, zone: str, a: time, b: time) -> None:
    hours = Hours(time(9), a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0))

    later = after_quiet(instant, hours, zone)

    assert instant <= later <= instant + timedelta(hours=26)
    assert later == instant or not is_quiet(later, hours, zone)
