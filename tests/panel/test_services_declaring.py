"""Interests: declared, withdrawn, checked; and what members say of themselves."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.foundation.needs import needs_of
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import NotFromHere
from panel_app.panel.queries import own_page, panel_page
from panel_app.panel.rules import DeclarationKind, Former
from panel_app.panel.services import Profile, change_member, change_seat, check_interests, withdraw_declaration

pytestmark = pytest.mark.both_databases


def test_a_declaration_is_listed_with_its_words(app: Flask) -> None:
    member = a_member(a_round())

    a_declaration(member, "  Lantern   Freight ", relation="I advised them.", ended_on=date(2026, 3, 1))

    (row,) = own_page(member.member_id).declarations
    assert (row.about, row.relation, row.ended_on, row.stands) == (
        "Lantern Freight",
        "I advised them.",
        date(2026, 3, 1),
        True,
    )


def test_a_withdrawn_declaration_stays_in_the_history(app: Flask) -> None:
    member = a_member(a_round())
    key = a_declaration(member)

    withdraw_declaration(member.actor, key)

    (row,) = own_page(member.member_id).declarations
    assert (row.stands, row.withdrawn_at) == (False, clock.now())
    with pytest.raises(NotFromHere):
        withdraw_declaration(member.actor, key)


def test_the_same_thing_is_declared_once_and_again_after_its_withdrawal(app: Flask) -> None:
    member = a_member(a_round())
    key = a_declaration(member)

    with pytest.raises(Refused, match="already"):
        a_declaration(member)
    withdraw_declaration(member.actor, key)
    a_declaration(member)

    assert [row.stands for row in own_page(member.member_id).declarations] == [True, False]


@pytest.mark.parametrize("reference", ["CPAP-27A-XXXX", ""])
def test_a_reference_that_is_none_is_refused(app: Flask, reference: str) -> None:
    member = a_member(a_round())

    with pytest.raises(Refused, match="reference"):
        a_declaration(member, reference, DeclarationKind.PORTFOLIO)


def test_a_portfolio_of_another_round_is_as_unknown_as_none(app: Flask) -> None:
    member, elsewhere = a_member(a_round()), a_portfolio(a_round(), copies=False)

    with pytest.raises(Refused, match="No portfolio of your rounds"):
        a_declaration(member, elsewhere.reference, DeclarationKind.PORTFOLIO)


def test_nobody_declares_or_withdraws_for_another(app: Flask) -> None:
    round_ = a_round()
    member, other = a_member(round_), a_member(round_)
    key = a_declaration(member)

    for actor in (other.actor, a_coordinator(round_.id)):
        with pytest.raises(Refused) as refused:
            withdraw_declaration(actor, key)
        assert refused.value.refusal.hidden
        with pytest.raises(Refused):
            check_interests(actor, member.key)


def test_a_place_given_after_the_members_word_asks_for_it_again(app: Flask) -> None:
    member = a_member(a_round())
    later = a_round()

    with clock.pinned(clock.now() + timedelta(days=1)):
        a_member(later, person=member.actor, checked=False)
        rows, _ = panel_page(later.id, None, "", 1)
        before = rows[0].is_checked
        check_interests(member.actor, member.key)
        rows, _ = panel_page(later.id, None, "", 1)

    assert (before, rows[0].is_checked) == (False, True)


def test_needs_ask_the_member_and_tell_the_coordinator_until_the_word_is_given(app: Flask) -> None:
    round_ = a_round()
    member, coordinator = a_member(round_, checked=False), a_coordinator(round_.id)

    with app.test_request_context():
        before = [str(need.sentence) for actor in (member.actor, coordinator) for need in needs_of(actor)]
        check_interests(member.actor, member.key)
        after = [str(need.sentence) for actor in (member.actor, coordinator) for need in needs_of(actor)]

    asked = f"Declare your interests for {round_.code}"
    told = f"1 panel member of {round_.code} has not checked their interests"
    assert [each for each in before if each in (asked, told)] == [asked, told]
    assert [each for each in after if each in (asked, told)] == []


def test_particulars_are_replaced_whole_and_unchanged_ones_make_no_happening(app: Flask) -> None:
    member = a_member(a_round())
    profile = Profile("CPAA-1", "Somewhere", [Former("North Pier", date(2026, 1, 31))], ["Oat Tansy"], ["PSF-2"])

    change_member(member.actor, member.key, profile)
    count = len(_changes())
    change_member(member.actor, member.key, profile)

    page = own_page(member.member_id)
    assert (page.former, page.aliases, page.domains) == ("North Pier, 2026-01-31", "Oat Tansy", ("PSF-2",))
    assert len(_changes()) == count


def _changes() -> list[int]:
    return list(reading().scalars(select(AuditEvent.number).where(AuditEvent.tag == "panel:member:changed")))


def test_a_member_is_found_by_name_by_alias_and_by_address(app: Flask) -> None:
    round_ = a_round()
    a_member(round_, name="Wort-Ling Tansy", email="wlt@example.org", aliases=["Oat Tansy", "Ählbeere Tansy"])
    a_member(round_, name="Onion Marble")

    for search in ("wort-ling", "oat", "WLT@example", "hlbeere"):
        rows, total = panel_page(round_.id, None, search, 1)
        assert ([row.name for row in rows], total) == (["Wort-Ling Tansy"], 1), search


def test_a_capacity_below_what_the_member_has_is_refused(app: Flask) -> None:
    round_ = a_round()
    portfolio, member = an_admitted_portfolio(round_), a_member(round_)
    with clock.pinned(round_.closes_at + timedelta(days=1)):
        an_assignment(portfolio, member)

    with pytest.raises(Refused, match="1 portfolio is taken"):
        change_seat(member.actor, member.seat_key, capacity=0)


def test_invariants_hold_and_notice_what_was_changed_by_hand(app: Flask) -> None:
    round_ = a_round()
    portfolio, member = a_portfolio(round_, organisation="Lantern Freight", copies=False), a_member(round_)
    a_declaration(member, portfolio.reference, DeclarationKind.PORTFOLIO)
    mine = [name for name in invariant.found if name.startswith(("panel.", "conflicts."))]
    before = [each for name in mine for each in invariant.found[name]()]

    session = reading()
    session.connection().exec_driver_sql("UPDATE declaration SET about = 'OTHER'")
    session.connection().exec_driver_sql("UPDATE finding SET state = 'noted'")
    broken = {name for name in mine if list(invariant.found[name]())}
    session.rollback()

    assert before == []
    assert broken == {"panel.declared_portfolios", "conflicts.strengths", "conflicts.register"}
