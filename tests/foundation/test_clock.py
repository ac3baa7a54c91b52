"""The clock: an instant held, one that runs on from a start, and the machine's again."""

from datetime import UTC, datetime, timedelta

from panel_app import clock

START = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)


def test_a_started_clock_never_goes_back_and_ends_with_the_machines() -> None:
    clock.start_at(START)
    seen = [START, *(clock.now() for _ in range(1000))]
    clock.start_at(None)

    assert seen == sorted(seen)
    assert seen[-1] - START < timedelta(minutes=1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_is_pinned_stands_still_whatever_the_clock_does() -> None:
    with clock.pinned(START):
        clock.start_at(START + timedelta(days=3))
        held = clock.now()
        clock.start_at(None)

    assert held == START
