"""Pages of rounds, as their coordinators use them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person, a_signer, an_admin
from panel_app.demo.builders.programmes import a_round, the_programmes
from panel_app.foundation.actors import Actor
from panel_app.foundation.times import to_instant
from panel_app.programmes import queries
from panel_app.programmes.rules.states import RoundState
from tests.support.pages import Page, Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]


def filled(**changes: str) -> dict[str, Any]:
    """The form of a new round, in order."""
    return {
        "rubric": the_programmes()["CPAP"],
        "code": "cpap-27s",
        "title": "Spring 2027",
        "time_zone": "Asia/Kolkata",
        "opens": "2027-01-10T09:00",
        "closes": "2027-02-01T18:30",
        "scoring_due": "2027-03-01T18:30",
        "release": "2027-03-20T10:00",
        "assessors": "",
        "signers_needed": "2",
        "grace_seconds": "0",
        "appeal_days": "28",
        "resubmission_days": "90",
        "offer_days": "5",
        "case_days": "7",
        "grace_minutes": "30",
        "sampling_percent": "10",
        **changes,
    }


def as_shown(form: Page, *names: str) -> dict[str, Any]:
    """What a form sends when it is sent as it came."""
    return {name: form.field(name) for name in names or filled()}


def own(seen: Statements) -> int:
    """How many statements this stage asked; those that find the caller are accounts' own."""
    return sum(number for place, number in seen.places.items() if place.startswith("programmes/"))


def test_admin_makes_a_round_and_becomes_its_coordinator(app: Flask, visit: Visit) -> None:
    admin = an_admin()

    page = visit(admin).post("/rounds/new", **filled())

    assert page.heading == "CPAP-27S"
    made = queries.round_by_code("CPAP-27S")
    assert made is not None
    assert actor_of(admin.person_id or 0).rounds("coordinator") == {made.id}  # type: ignore[arg-type]
    assert "A second coordinator is missing" in page.main
    assert "Mon 1 Feb 2027 18:30 IST (Kolkata)" in page.main
    assert "· Mon 1 Feb 2027 13:00 UTC" in page.main


def test_person_without_a_part_is_refused_the_making_of_rounds(app: Flask, visit: Visit) -> None:
    visit(an_admin()).get("/rounds/new")
    visit(a_person()).get("/rounds/new", 403)
    visit(a_signer(a_round().id)).get("/rounds/new", 403)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("rubric", "", "Choose the programme and its rubric."),
        ("code", "cpap 27!", "Use 2 to 20 capital letters, digits and hyphens, such as CPAP-27A."),
        ("title", " ", "Enter the title."),
        ("time_zone", "Kolkata", "Choose a time zone from the list, such as Europe/Lisbon."),
        ("opens", "", "Enter when the round opens."),
        ("closes", "2027-01-10", "Enter a date and a time, such as 2027-01-20 17:00."),
        ("closes", "2027-01-09T10:00", "Enter a closing time after the opening."),
        ("scoring_due", "2027-02-01T18:30", "Enter a time for score sheets after the closing."),
        ("release", "2027-02-28T10:00", "Enter a release after score sheets are due."),
        ("release", "0001-01-01T00:00", "Enter a date and a time, such as 2027-01-20 17:00."),
        ("assessors", "two", "Enter a whole number, such as 2."),
        ("assessors", "0", "Enter a whole number from 1 to 9."),
        ("signers_needed", "", "Enter how many must sign."),
        ("sampling_percent", "101", "Enter a whole number from 0 to 100."),
    ],
)
def test_wrong_field_gets_a_sentence_and_keeps_what_was_typed(
    app: Flask, visit: Visit, field: str, typed: str, sentence: str
) -> None:
    page = visit(an_admin()).post("/rounds/new", 422, **filled(**{field: typed}))

    assert page.errors == [sentence]
    assert page.field(field) == typed.strip()
    assert page.field("title") == ("" if field == "title" else "Spring 2027")
    assert queries.round_by_code("CPAP-27S") is None


@pytest.mark.parametrize(
    ("wall", "words"), [("2027-03-28T02:30", "does not exist in Europe/Berlin"), ("2027-10-31T02:30", "comes twice")]
)
def test_time_that_the_zone_skips_or_doubles_is_refused(app: Flask, visit: Visit, wall: str, words: str) -> None:
    page = visit(an_admin()).post(
        "/rounds/new", 422, **filled(time_zone="Europe/Berlin", opens=wall, closes="2027-12-01T10:00",
                                     scoring_due="2027-12-10T10:00", release="2027-12-20T10:00"),
    )  # fmt: skip

    assert len(page.errors) == 1
    assert words in page.errors[0]
    assert page.field("opens") == wall


def test_taken_code_is_told_beside_its_field(app: Flask, visit: Visit) -> None:
    a_round("CPAP-27S")

    page = visit(an_admin()).post("/rounds/new", 409, **filled())

    assert page.errors == ["A round has this code already. Choose another."]
    assert page.field("title") == "Spring 2027"


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Asia/Kolkata", "2027-02-01T18:30", "2027-02-01T13:00"),
        ("Asia/Kathmandu", "2027-02-01T18:30", "2027-02-01T12:45"),
        ("Australia/Lord_Howe", "2027-02-01T18:30", "2027-02-01T07:30"),
        ("Pacific/Chatham", "2027-02-01T18:45", "2027-02-01T05:00"),
    ],
)
def test_unchanged_form_saved_three_times_changes_nothing(
    app: Flask, visit: Visit, zone: str, wall: str, utc: str
) -> None:
    coordinator = visit(an_admin())
    coordinator.post("/rounds/new", **filled(time_zone=zone, closes=wall))
    made = queries.round_by_code("CPAP-27S")
    assert made is not None

    for _ in range(3):
        form = coordinator.get(f"/rounds/{made.key}/edit")
        coordinator.post(f"/rounds/{made.key}/edit", **as_shown(form))

    assert queries.round_by_key(made.key) == made
    assert made.closes_wall == wall
    assert made.closes_at == datetime.fromisoformat(f"{utc}+00:00")


def test_unchanged_form_leaves_a_round_of_pure_defaults_as_it_was(app: Flask, visit: Visit) -> None:
    made = a_round(state="draft")
    coordinator, planned = visit(a_coordinator(made.id)), queries.planned(made.id)

    form = coordinator.get(f"/rounds/{made.key}/edit")
    coordinator.post(f"/rounds/{made.key}/edit", **as_shown(form))

    assert (queries.round_by_key(made.key), queries.planned(made.id)) == (made, planned)


def test_coordinator_publishes_and_reads_the_promise(app: Flask, visit: Visit) -> None:
    made = a_round(state="draft")
    coordinator = visit(a_coordinator(made.id))

    ask = coordinator.get(f"/rounds/{made.key}/publish")
    page = coordinator.post(f"/rounds/{made.key}/publish")

    assert "The weighted mean is at least 2.5 and no criterion is below 2." in ask.main
    published = queries.round_by_key(made.key)
    assert published is not None
    assert published.state is RoundState.PUBLISHED
    assert (published.promise_hash or "?") in page.main
    coordinator.get(f"/rounds/{made.key}/edit", 409)
    coordinator.post(f"/rounds/{made.key}/publish", 409)


def test_dates_move_with_a_reason_and_stand_in_the_history(app: Flask, visit: Visit) -> None:
    made = a_round(state="open", zone="Europe/Lisbon")
    coordinator = visit(a_coordinator(made.id, name="Parsnip Ladle"))
    form = coordinator.get(f"/rounds/{made.key}/dates")
    typed = as_shown(form, "opens", "closes", "scoring_due", "release")

    refused = coordinator.post(
        f"/rounds/{made.key}/dates", 409, **{**typed, "closes": "2027-01-10T09:00", "reason": "Less time."}
    )
    page = coordinator.post(
        f"/rounds/{made.key}/dates", **{**typed, "closes": "2027-01-25T12:00", "reason": "The hall was closed."}
    )

    assert "Candidates were promised the time until" in refused.errors[0]
    assert refused.field("reason").strip() == "Less time."
    assert "Mon 18 Jan 2027 09:00 WET (Lisbon)" in page.main
    assert "Mon 25 Jan 2027 12:00 WET (Lisbon)" in page.main
    assert "The hall was closed. " in page.main
    assert page.main.count("Parsnip Ladle") == 2


def test_unchanged_dates_are_told_so_and_nothing_moves(app: Flask, visit: Visit) -> None:
    made = a_round(zone="Asia/Kathmandu")
    coordinator = visit(a_coordinator(made.id))
    form = coordinator.get(f"/rounds/{made.key}/dates")
    typed = as_shown(form, "opens", "closes", "scoring_due", "release")

    page = coordinator.post(f"/rounds/{made.key}/dates", 409, **typed, reason="Nothing.")

    assert page.errors == ["No date is different. Change the one that shall move."]
    assert queries.round_by_key(made.key) == made
    assert queries.date_moves(made.id) == []


def test_round_of_others_is_not_found(app: Flask, visit: Visit) -> None:
    own, other, draft = a_round(), a_round(), a_round(state="draft")
    coordinator = visit(a_coordinator(own.id))

    coordinator.get(f"/rounds/{own.key}")
    for path in ("", "/edit", "/publish", "/dates"):
        coordinator.get(f"/rounds/{other.key}{path}", 404)
        coordinator.get(f"/rounds/{draft.key}{path}", 404)
    coordinator.post(f"/rounds/{other.key}/end", 404)
    assert coordinator.get("/rounds").references == [own.code]


def test_signer_reads_the_round_and_changes_nothing(app: Flask, visit: Visit) -> None:
    made = a_round()
    signer = visit(a_signer(made.id))

    page = signer.get(f"/rounds/{made.key}")

    assert "Move dates" in visit(a_coordinator(made.id)).get(f"/rounds/{made.key}").main
    assert (page.heading, "Move dates" in page.main) == (made.code, False)
    signer.get(f"/rounds/{made.key}/dates", 403)
    signer.post(f"/rounds/{made.key}/end", 403)


def test_enough_people_are_told_so(app: Flask, visit: Visit) -> None:
    made = a_round()
    coordinator = a_coordinator(made.id)
    a_coordinator(made.id), a_moderator(made.id), a_moderator(made.id), a_signer(made.id)

    page = visit(coordinator).get(f"/rounds/{made.key}")

    assert "There are not enough people yet" in page.main
    assert "1 signer is missing:" in page.main
    assert "moderator is missing" not in page.main


def test_round_ends_once(app: Flask, visit: Visit) -> None:
    made = a_round(state="released")
    coordinator = visit(a_coordinator(made.id))

    page = coordinator.post(f"/rounds/{made.key}/end")

    assert "Ended" in page.main
    coordinator.post(f"/rounds/{made.key}/end", 409)


@pytest.mark.parametrize("rounds", [1, 3])
def test_list_runs_a_constant_number_of_statements(
    app: Flask, visit: Visit, count_statements: Count, rounds: int
) -> None:
    codes = [a_round().code for _ in range(rounds)]
    admin = visit(an_admin())

    with count_statements() as seen:
        page = admin.get("/rounds")

    assert sorted(page.references) == codes
    assert own(seen) == 2, seen.by_place()


@pytest.mark.parametrize("people", [1, 3])
def test_round_runs_a_constant_number_of_statements(
    app: Flask, visit: Visit, count_statements: Count, people: int
) -> None:
    made = a_round()
    coordinator = visit(a_coordinator(made.id))
    for _ in range(people - 1):
        a_moderator(made.id)

    with count_statements() as seen:
        coordinator.get(f"/rounds/{made.key}")

    assert own(seen) == 15, seen.by_place()


@pytest.mark.parametrize("query", ["?sort=name", "?page=1&x=2"])
def test_unknown_parameter_is_refused(app: Flask, visit: Visit, query: str) -> None:
    visit(an_admin()).get(f"/rounds{query}", 400)


@pytest.mark.parametrize("query", ["", "?page=0", "?page=x", "?page=-1"])
def test_what_is_no_page_number_is_the_first_page(app: Flask, visit: Visit, query: str) -> None:
    a_round(code="CPAP-27A")

    page = visit(an_admin()).get(f"/rounds{query}")

    assert ("CPAP-27A" in page.main, "1 to 1 of 1" in page.main) == (True, True)


def test_time_left_is_counted_from_the_instants(app: Flask, visit: Visit) -> None:
    """B005: one hour is skipped on the way."""
    closes = to_instant("2027-03-15T17:00", "America/New_York")
    with clock.pinned(to_instant("2027-03-13T12:00", "America/New_York")):
        made = a_round(zone="America/New_York", closes=closes)
        page = visit(a_coordinator(made.id)).get(f"/rounds/{made.key}")

    assert "Mon 15 Mar 2027 17:00 EDT (New York) · Mon 15 Mar 2027 21:00 UTC · in 2 days 4 hours" in page.main
