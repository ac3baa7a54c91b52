"""Wall-clock times in zones: what exists once is an instant, what doesn't is refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from panel_app.foundation.times import WallClockError, clock_text, relative, shown, to_instant, to_wall, zone_exists

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]
NOW = datetime(2027, 3, 13, 17, 0, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
def test_wall_clock_time_survives_the_way_there_and_back(wall: datetime, zone: str) -> None:
    text = wall.strftime("%Y-%m-%dT%H:%M")

    try:
        instant = to_instant(text, zone)
    except WallClockError:
        assume(False)

    assert to_wall(instant, zone) == text


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        ("2027-01-20T17:00", "America/Los_Angeles", "2027-01-21T01:00"),
        ("2027-02-01T18:30", "Asia/Kolkata", "2027-02-01T13:00"),
        ("2027-02-01T18:30", "Asia/Kathmandu", "2027-02-01T12:45"),
    ],
)
def test_instant_of_a_wall_clock_time(wall: str, zone: str, utc: str) -> None:
    assert to_instant(wall, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "words"),
    [
        ("2027-03-28T02:30", "Europe/Berlin", "does not exist"),
        ("2027-10-31T02:30", "Europe/Berlin", "comes twice"),
        ("tomorrow", "UTC", "Enter a date and a time"),
        ("2027-01-01T10:00+01:00", "UTC", "Enter a date and a time"),
    ],
)
def test_time_that_is_none_is_refused_with_a_sentence(wall: str, zone: str, words: str) -> None:
    with pytest.raises(WallClockError, match=words):
        to_instant(wall, zone)


def test_reader_sees_the_round_s_zone_and_their_own() -> None:
    closes = to_instant("2027-01-20T17:00", "America/Los_Angeles")

    row = shown(closes, "America/Los_Angeles", "Europe/Berlin", NOW)

    assert row.text == "Wed 20 Jan 2027 17:00 PST (Los Angeles)"
    assert row.own == "Thu 21 Jan 2027 02:00 CET (Berlin)"


def test_reader_in_the_same_clock_sees_one_time() -> None:
    assert shown(NOW, "Europe/Berlin", "Europe/Paris", NOW).own is None


def test_countdown_counts_elapsed_time_over_a_clock_change() -> None:
    now = to_instant("2027-03-13T12:00", "America/New_York")
    closes = to_instant("2027-03-15T17:00", "America/New_York")

    assert relative(closes, now) == "in 2 days 4 hours"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(days=8, hours=3), "in 8 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(seconds=20), "in a moment"),
    ],
)
def test_gap_is_said_in_words(gap: timedelta, words: str) -> None:
    assert relative(NOW + gap, NOW) == words


def test_seconds_are_shown_where_asked() -> None:
    assert clock_text(NOW.replace(second=58), "UTC", seconds=True) == "Sat 13 Mar 2027 17:00:58 UTC"


@pytest.mark.parametrize(("zone", "known"), [("Europe/Lisbon", True), ("Europe/Nowhere", False), ("../etc", False)])
def test_zone_is_an_iana_name(zone: str, known: bool) -> None:
    assert zone_exists(zone) is known
