"""Dates of a round: open or not, which moved, which may."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.times import WallClockError
from panel_app.programmes.rules.dates import Moment, Which, is_open, moment, moments, moved, refusal_of_move

NOW = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
OPENS, CLOSES = NOW - timedelta(days=1), NOW + timedelta(days=1)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
SECOND = timedelta(seconds=1)


def at(days: int) -> Moment:
    instant = NOW + timedelta(days=days)
    return Moment(instant.strftime("%Y-%m-%dT%H:%M"), instant)


@pytest.mark.parametrize(
    ("instant", "grace", "expected"),
    [
        (OPENS - SECOND, 0, False),
        (OPENS, 0, True),
        (CLOSES, 0, True),
        (CLOSES + SECOND, 0, False),
        (CLOSES + SECOND, 1, True),
        (CLOSES + 2 * SECOND, 1, False),
        (OPENS - SECOND, 60, False),
    ],
)
def test_round_is_open_from_opening_to_close_both_included(instant: datetime, grace: int, expected: bool) -> None:
    assert is_open(OPENS, CLOSES, instant, grace) is expected


@given(at=instants, grace=st.integers(0, 3600))
def test_grace_never_closes_a_round_that_is_open_without_it(at: datetime, grace: int) -> None:
    assert is_open(OPENS, CLOSES, at, grace) or not is_open(OPENS, CLOSES, at)


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Europe/Berlin", "2027-03-28T23:59", "2027-03-28T21:59"),
        ("Asia/Kolkata", "2027-02-01T18:30", "2027-02-01T13:00"),
        ("Asia/Kathmandu", "2027-02-01T18:30", "2027-02-01T12:45"),
        ("America/Los_Angeles", "2027-01-20T17:00", "2027-01-21T01:00"),
    ],
)
def test_wall_clock_time_has_its_instant(zone: str, wall: str, utc: str) -> None:
    assert moment(wall, zone) == Moment(wall, datetime.fromisoformat(f"{utc}+00:00"))


@pytest.mark.parametrize("typed", ["2027-01-20 17:00", "2027-01-20T17:00:30"])
def test_wall_clock_time_is_kept_to_the_minute_in_one_form(typed: str) -> None:
    assert moment(typed, "Europe/Lisbon") == Moment("2027-01-20T17:00", datetime(2027, 1, 20, 17, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "wall", ["", "soon", "2027-01-20", "2027-01-20T17:00+01:00", "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_what_is_no_time_is_refused(wall: str) -> None:
    with pytest.raises(WallClockError, match="Enter a date and a time"):
        moment(wall, "Pacific/Kiritimati")


@pytest.mark.parametrize(
    ("zone", "skipped", "doubled"),
    [
        ("Europe/Berlin", "2027-03-28T02:30", "2027-10-31T02:30"),
        ("America/New_York", "2027-03-14T02:30", "2027-11-07T01:30"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-04-04T01:45"),
        ("Africa/Casablanca", "2027-03-14T02:30", "2027-02-07T02:30"),
    ],
)
def test_skipped_and_doubled_times_are_refused(zone: str, skipped: str, doubled: str) -> None:
    with pytest.raises(WallClockError, match=f"does not exist in {zone}"):
        moment(skipped, zone)
    with pytest.raises(WallClockError, match=f"comes twice in {zone}"):
        moment(doubled, zone)


def test_moved_names_only_what_differs() -> None:
    old = {which: at(days) for days, which in enumerate(Which, 1)}
    walls = {which: old[which].wall for which in Which} | {Which.RELEASE: "2027-03-01T10:00"}

    assert list(moved(old, moments(walls, "UTC"))) == [Which.RELEASE]
    assert moved(old, {}) == {}


@pytest.mark.parametrize(
    ("which", "old", "new", "words"),
    [
        (Which.CLOSES, at(5), at(4), "Candidates were promised the time until 2027-01-15 09:00"),
        (Which.CLOSES, at(-1), at(5), "The round has closed. Grant an extension"),
        (Which.OPENS, at(-1), at(2), "“Opens for portfolios” has passed"),
        (Which.RELEASE, at(-1), at(2), "“Release of outcomes” has passed"),
        (Which.RELEASE, at(9), at(0), "Choose a time for “Release of outcomes” that is still to come"),
    ],
)
def test_move_is_refused_with_what_to_do(which: Which, old: Moment, new: Moment, words: str) -> None:
    assert str(refusal_of_move(which, old, new, NOW)).startswith(words)


@pytest.mark.parametrize(
    ("which", "old", "new"),
    [(Which.CLOSES, at(5), at(6)), (Which.OPENS, at(2), at(1)), (Which.SCORING_DUE, at(9), at(8))],
)
def test_other_moves_are_free(which: Which, old: Moment, new: Moment) -> None:
    assert refusal_of_move(which, old, new, NOW) is None


@given(which=st.sampled_from(Which), old=st.integers(-9, 9), new=st.integers(-9, 9))
def test_no_date_ever_moves_into_the_past_and_no_close_moves_earlier(which: Which, old: int, new: int) -> None:
    if refusal_of_move(which, at(old), at(new), NOW) is None:
        assert old > 0
        assert new > 0
        assert which is not Which.CLOSES or new >= old
