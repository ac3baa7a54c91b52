"""The limits on trying passwords and on asking for links, as a client meets them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.models import Throttle
from panel_app.foundation.throttle import Limit, TooMany, count, give_back, network_of
from tests.accounts.kinds import Visit
from tests.accounts.outbox import mails
from tests.conftest import START

PASSWORD = "three grey herons"
WINDOW = timedelta(minutes=15)


def tries(
    visit: Visit,
    number: int,
    email: str = "fig@example.org",
    *,
    address: str = "192.0.2.1",
    path: str = "/sign-in",
    password: str = "wrong",
    **headers: str,
) -> list[int]:
    """The status of each of so many tries from a network address."""
    guest = visit()
    statuses = []
    for _ in range(number):
        data = {"email": email, "password": password, "csrf_token": guest.token()}
        answer = guest.open(path, method="POST", data=data, environ_base={"REMOTE_ADDR": address}, headers=headers)
        statuses.append(answer.status_code)
    return statuses


def test_eleventh_failure_of_an_account_is_refused_from_anywhere(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)

    first = tries(visit, 10)
    more = tries(visit, 2, " FIG@example.org ", address="198.51.100.7", password=PASSWORD)

    assert first == [409] * 10
    assert more == [429, 429]


def test_account_is_open_again_in_the_next_window(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)
    tries(visit, 12)

    with clock.pinned(START + WINDOW):
        assert tries(visit, 1, password=PASSWORD) == [302]


def test_unknown_account_is_limited_like_a_known_one(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)

    assert tries(visit, 11, "nobody@example.org") == tries(visit, 11, "fig@example.org", address="192.0.2.2")


def test_success_does_not_count(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)

    assert tries(visit, 15, password=PASSWORD) == [302] * 15


def test_one_network_address_is_limited_over_all_accounts_whatever_it_forwards(visit: Visit) -> None:
    statuses = [
        tries(visit, 1, f"p{number}@example.org", **{"X-Forwarded-For": f"203.0.113.{number}"})[0]
        for number in range(51)
    ]

    assert statuses == [409] * 50 + [429]


def test_page_says_how_long_to_wait(visit: Visit) -> None:
    guest = visit()
    for _ in range(10):
        guest.send("/sign-in", email="fig@example.org", password="wrong")

    with clock.pinned(START + timedelta(minutes=5)):
        answer = guest.send("/sign-in", email="fig@example.org", password="wrong")
        page = guest.post("/sign-in", 429, email="fig@example.org", password="wrong")

    assert answer.headers["Retry-After"] == "600"
    assert "Wait 10 minutes, then try again." in page.main


def test_links_are_limited_per_address_without_saying_so_of_an_account(visit: Visit) -> None:
    a_person("Fig", "fig@example.org")

    known = tries(visit, 11, path="/forgotten-password")
    unknown = tries(visit, 11, "nobody@example.org", path="/forgotten-password", address="192.0.2.9")

    assert known == unknown == [302] * 10 + [429]
    assert len(mails("fig@example.org")) == 10


@pytest.mark.both_databases
def test_wider_bucket_is_not_filled_by_what_a_narrow_one_refused(app: Flask) -> None:
    narrow, wide = Limit("narrow", 2), Limit("wide", 3)

    outcomes = [_is_counted([narrow, wide]) for _ in range(5)]

    assert outcomes == [True, True, False, False, False]
    assert _is_counted([wide])
    assert not _is_counted([wide])


@pytest.mark.both_databases
def test_given_back_try_can_be_had_again_and_a_new_window_begins_at_none(app: Flask) -> None:
    limit = Limit("one", 1)
    assert _is_counted([limit])
    give_back([limit], WINDOW)

    assert [_is_counted([limit]), _is_counted([limit])] == [True, False]
    with clock.pinned(START + WINDOW):
        assert _is_counted([limit])


@pytest.mark.both_databases
def test_tries_at_the_same_moment_get_no_more_than_the_limit(app: Flask) -> None:
    def one_try(_number: int) -> bool:
        with app.app_context(), clock.pinned(START):
            return _is_counted([Limit("race", 5)])

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(one_try, range(24)))

    assert sum(outcomes) == 5


def test_buckets_of_long_ended_windows_are_deleted(app: Flask) -> None:
    assert _is_counted([Limit("old", 1)])

    with clock.pinned(START + timedelta(days=1) + WINDOW):
        assert _is_counted([Limit("new", 1)])

    assert reading().scalars(select(Throttle.bucket)).all() == ["new"]


def test_network_of_an_ipv6_caller_is_its_64_bits() -> None:
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2::ffff") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
    assert network_of(None) == "unknown"


def _is_counted(limits: list[Limit]) -> bool:
    try:
        count(limits, WINDOW)
    except TooMany:
        return False
    return True
