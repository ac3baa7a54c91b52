"""Public pages of programmes: the published criteria and nothing else."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.demo.builders.programmes import a_round, the_programmes
from panel_app.foundation.times import to_instant
from panel_app.programmes import queries
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[..., Visitor]
Count = Callable[[], AbstractContextManager[Statements]]


def test_anyone_reads_every_criterion_and_level(app: Flask, visit: Visit) -> None:
    the_programmes()
    rubric = queries.published_rubric("CPAA", "2026.1")

    page = visit().get("/programmes/CPAA")

    assert rubric is not None
    assert page.heading == "Certified Production AI Architect"
    assert all(each.asks in page.main for each in rubric.criteria)
    assert all(level.descriptor in page.main for each in rubric.criteria for level in each.levels)
    assert visit().get("/programmes/CPAA/2026.1").main == page.main


def test_guest_sees_open_and_coming_rounds_in_the_rounds_zone_alone(app: Flask, visit: Visit) -> None:
    opened = a_round("OPEN-1", state="open", zone="America/Los_Angeles")
    a_round("COMING-1", state="upcoming"), a_round("DRAFT-1", state="draft"), a_round("CLOSED-1", state="closed")

    page = visit().get("/programmes")

    assert page.references == [opened.code, "COMING-1"]
    assert "Mon 18 Jan 2027 01:00 PST (Los Angeles) · in 14 days" in page.main


def test_reader_sees_the_deadline_in_their_zone_too(app: Flask, visit: Visit) -> None:
    """B001."""
    a_round(zone="America/Los_Angeles", closes=to_instant("2027-01-20T17:00", "America/Los_Angeles"))

    page = visit(a_person(zone="Europe/Berlin")).get("/programmes/CPAP")

    assert "Wed 20 Jan 2027 17:00 PST (Los Angeles) · Thu 21 Jan 2027 02:00 CET (Berlin)" in page.main


@pytest.fixture
def chicago() -> Iterator[None]:
    """A server that stands in Chicago."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "America/Chicago"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.usefixtures("chicago")
def test_servers_own_zone_is_nowhere_seen(app: Flask, visit: Visit) -> None:
    """B002."""
    a_round(zone="Europe/Berlin", closes=to_instant("2027-01-31T23:59", "Europe/Berlin"))

    page = visit().get("/programmes/CPAP")

    assert "Sun 31 Jan 2027 23:59 CET (Berlin)" in page.main
    assert "Chicago" not in page.body


@pytest.mark.parametrize("path", ["/programmes/CPAX", "/programmes/cpap", "/programmes/CPAP/2099.1"])
def test_unknown_programme_is_not_found(app: Flask, visit: Visit, path: str) -> None:
    the_programmes()

    visit().get("/programmes/CPAP")
    visit().get(path, 404)


def test_empty_installation_says_what_will_be_here(app: Flask, visit: Visit) -> None:
    page = visit().get("/programmes")

    assert "No programme is published yet." in page.main


@pytest.mark.parametrize("rounds", [1, 3])
def test_programme_runs_six_statements_at_any_number_of_rounds(
    app: Flask, visit: Visit, count_statements: Count, rounds: int
) -> None:
    codes = [a_round().code for _ in range(rounds)]
    guest = visit()

    with count_statements() as seen:
        page = guest.get("/programmes/CPAP")

    assert sorted(page.references) == codes
    assert len(seen) == 6, seen.by_place()


def test_navigation_leads_to_rounds_once_for_an_admin_who_coordinates(app: Flask, visit: Visit) -> None:
    admin = an_admin()
    a_round(by=admin, state="draft")

    words = visit(admin).get("/programmes").all("//nav//a")

    assert words.count("Rounds") == 1
