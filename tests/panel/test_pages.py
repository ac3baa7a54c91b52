"""Pages of the panel: a member's own, and a coordinator's of a round."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask

from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person
from panel_app.demo.builders.panel import AMember, a_declaration, a_member
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.panel.queries import members_of, own_page
from panel_app.programmes.queries import RoundView
from tests.support.pages import Visitor
from tests.support.statements import Statements

Visit = Callable[[Actor | None], Visitor]
Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def round_(app: Flask) -> RoundView:
    return a_round()


@pytest.fixture
def member(round_: RoundView) -> AMember:
    return a_member(round_, name="Wort-Ling Tansy", checked=False)


def test_a_members_page_says_what_is_declared_and_what_is_missing(member: AMember, visit: Visit) -> None:
    page = visit(member.actor).get("/panel/me")

    assert page.heading == "Panel and interests"
    assert "You have declared nothing." in page.main
    assert "You have not said yet whether this is all." in page.main
    assert "PSF-1 · " in page.main


def test_a_member_declares_and_withdraws_on_the_page(member: AMember, visit: Visit) -> None:
    browser = visit(member.actor)

    declared = browser.post(
        "/panel/me/declare", kind="organisation", about="Lantern Freight", relation="I advised them.", ended_on=""
    )
    (row,) = own_page(member.member_id).declarations
    withdrawn = browser.post(f"/panel/me/declarations/{row.key}/withdraw")

    assert declared.references[0] == "Lantern Freight"
    assert "I advised them." in declared.main
    assert "Withdrawn" in withdrawn.main
    assert "Withdraw “Lantern Freight”" not in withdrawn.main


def test_a_faulty_declaration_comes_back_with_what_was_typed(member: AMember, visit: Visit) -> None:
    browser = visit(member.actor)

    page = browser.post("/panel/me/declare", status=422, about="Lantern Freight", relation="", ended_on="soon")
    unknown = browser.post(
        "/panel/me/declare", status=409, kind="portfolio", about="CPAP-27A-XXXX", relation="I know it.", ended_on=""
    )

    assert page.errors == ["Choose what it is about.", "Enter what connects you.", "Enter a day such as 2027-02-14."]
    assert (page.field("about"), page.field("ended_on")) == ("Lantern Freight", "soon")
    assert unknown.errors == ["No portfolio of your rounds has this reference. Copy it from the offer, sign by sign."]
    assert unknown.field("about") == "CPAP-27A-XXXX"


def test_a_member_says_that_there_is_nothing_more(member: AMember, visit: Visit) -> None:
    browser = visit(member.actor)
    before = browser.get("/panel/me")
    page = browser.post("/panel/me/checked")

    assert "declare what is missing, then say that this is all" in before.main
    assert "declare what is missing" not in page.main
    assert "You last said that there was nothing more to declare: Mon 4 Jan 2027 09:00 UTC" in page.main


def test_particulars_are_saved_and_faulty_ones_come_back(member: AMember, visit: Visit) -> None:
    browser = visit(member.actor)
    typed: dict[str, Any] = {"credential": "CPAA-7", "organisation": "North Pier", "aliases": "Oat Tansy"}

    faulty = browser.post("/panel/me/particulars", status=422, former="Harbour Lights", domains=["PSF-2"], **typed)
    none = browser.post("/panel/me/particulars", status=422, former="", **typed)
    saved = browser.post(
        "/panel/me/particulars", former="Harbour Lights, 2026-06-30", domains=["PSF-2", "PSF-8"], **typed
    )

    assert faulty.field("former").strip() == "Harbour Lights"
    assert "has no last day" in faulty.errors[0]
    assert none.errors == ["Choose at least one domain."]
    assert "Harbour Lights, 2026-06-30" in saved.main
    assert "Oat Tansy" in saved.main


def test_capacity_and_days_away_are_changed_on_a_page(round_: RoundView, member: AMember, visit: Visit) -> None:
    browser = visit(member.actor)
    address = f"/panel/me/rounds/{member.seat_key}"

    faulty = browser.post(address, status=422, capacity="many", away_from="", away_until="")
    turned = browser.post(address, status=409, capacity="3", away_from="2027-02-05", away_until="2027-02-01")
    saved = browser.post(address, capacity="3", away_from="2027-02-01", away_until="2027-02-05")

    assert (faulty.errors, faulty.field("capacity")) == (["Enter a whole number from 0 to 40."], "many")
    assert turned.errors == ["Enter a last day away that is not before the first."]
    assert "1 Feb 2027 to 5 Feb 2027" in saved.main
    assert members_of(round_.id)[0].capacity == 3
    assert browser.get(address).field("away_until") == "2027-02-05"


def test_a_coordinator_reads_the_days_away_that_a_member_gave(round_: RoundView, visit: Visit) -> None:
    member = a_member(round_, away=(date(2027, 2, 1), date(2027, 2, 5)))

    page = visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/panel/{member.seat_key}")

    assert (page.field("capacity"), page.field("away_from"), page.field("away_until")) == (
        "4",
        "2027-02-01",
        "2027-02-05",
    )


def test_another_members_place_and_declaration_are_not_found(round_: RoundView, member: AMember, visit: Visit) -> None:
    other, key = a_member(round_), a_declaration(member)

    visit(other.actor).get(f"/panel/me/rounds/{member.seat_key}", status=404)
    visit(other.actor).post(f"/panel/me/declarations/{key}/withdraw", status=404)

    assert own_page(member.member_id).declarations[0].stands


def test_a_members_pages_hold_nothing_of_candidates(round_: RoundView, member: AMember, visit: Visit) -> None:
    candidate = a_person(name="Onyx Pebblestone", email="onyx@quayside.example.org")
    portfolio = a_portfolio(
        round_, candidate, organisation="Quayside Looms", people_named=["Wort-Ling Tansy (mentor)"], copies=False
    )
    register = visit(a_coordinator(round_.id)).get(f"/rounds/{round_.key}/conflicts")
    browser = visit(member.actor)

    pages = [
        browser.get(address).body
        for address in (
            "/panel/me",
            "/panel/me/declare",
            "/panel/me/particulars",
            f"/panel/me/rounds/{member.seat_key}",
        )
    ]

    assert portfolio.reference in register.main
    for word in ("Onyx", "Pebblestone", "quayside", "Quayside", "mentor", portfolio.reference, portfolio.key):
        assert not any(word in body for body in pages), word


def test_a_coordinator_reads_the_panel_and_finds_by_alias(round_: RoundView, visit: Visit) -> None:
    a_member(round_, name="Wort-Ling Tansy", aliases=["Oat Tansy"], capacity=3, is_lead=True)
    a_member(round_, name="Onion Marble", checked=False)
    browser = visit(a_coordinator(round_.id))

    every, found = browser.get(f"/rounds/{round_.key}/panel"), browser.get(f"/rounds/{round_.key}/panel?q=oat")

    assert every.references == ["Onion Marble", "Wort-Ling Tansy"]
    assert "not checked yet" in every.main
    assert found.references == ["Wort-Ling Tansy"]
    assert "0 of 3" in found.main


def test_a_coordinator_invites_and_reads_the_member_as_invited(round_: RoundView, visit: Visit) -> None:
    browser = visit(a_coordinator(round_.id))
    address = f"/rounds/{round_.key}/panel/invite"

    faulty = browser.post(address, status=422, email="nobody", capacity="4")
    invited = browser.post(address, email="new@example.org", name="Rosehip Hatch", capacity="4", domains=["PSF-2"])
    twice = browser.post(address, status=409, email="NEW@example.org", capacity="4")

    assert (faulty.errors, faulty.field("email")) == (["Enter an address such as name@example.org."], "nobody")
    assert invited.references == ["Rosehip Hatch"]
    assert "new@example.org · Invited" in invited.main
    assert twice.errors == ["This person sits on the round's panel already. Change their place instead."]


def test_a_coordinator_changes_a_place_and_makes_a_lead(round_: RoundView, member: AMember, visit: Visit) -> None:
    browser = visit(a_coordinator(round_.id))

    page = browser.post(f"/rounds/{round_.key}/panel/{member.seat_key}", capacity="6", is_lead="y")

    assert "0 of 6" in page.main
    assert "Lead" in page.main


def test_a_panel_is_read_by_its_coordinators_alone(round_: RoundView, member: AMember, visit: Visit) -> None:
    other = a_round()

    for actor, status in (
        (a_coordinator(round_.id), 200),
        (member.actor, 403),
        (a_moderator(round_.id), 403),
        (a_coordinator(other.id, name="Iron Solder"), 404),
    ):
        visit(actor).get(f"/rounds/{round_.key}/panel", status=status)
        visit(actor).get(f"/rounds/{round_.key}/panel/{member.seat_key}", status=status)
    visit(a_coordinator(other.id)).get(f"/rounds/{other.key}/panel/{member.seat_key}", status=404)


@pytest.mark.parametrize("members", [1, 3])
def test_the_panels_list_runs_the_same_statements_at_any_size(
    members: int, round_: RoundView, visit: Visit, count_statements: Counting
) -> None:
    browser = visit(a_coordinator(round_.id))
    for _ in range(members):
        a_member(round_)

    with count_statements() as seen:
        page = browser.get(f"/rounds/{round_.key}/panel")

    assert len(page.references) == members
    assert len(seen) == 6, seen.by_place()


@pytest.mark.parametrize("declared", [1, 3])
def test_a_members_page_runs_the_same_statements_at_any_size(
    declared: int, member: AMember, visit: Visit, count_statements: Counting
) -> None:
    browser = visit(member.actor)
    for number in range(declared):
        a_declaration(member, f"Lantern {number}")

    with count_statements() as seen:
        page = browser.get("/panel/me")

    assert len(page.references) == declared + 1
    assert len(seen) == 7, seen.by_place()
