"""Who in a role must keep away from a portfolio, and sees nothing of it."""

from datetime import timedelta

import pytest
from flask import Flask

from panel_app import clock
from panel_app.accounts.services import actor_of, change_profile, erase_person, grant_role
from panel_app.conflicts.queries import hidden_portfolios
from panel_app.conflicts.rules import FindingAct
from panel_app.conflicts.services import check_round, decide, person_is_independent
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person, an_admin
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.conflicts import the_finding
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.permissions import can
from panel_app.panel.queries import panel_page
from panel_app.portfolios.policy import PortfolioAct
from panel_app.portfolios.services import change_identity

pytestmark = pytest.mark.both_databases


def hidden(actor: Actor, round_id: int) -> frozenset[int]:
    """The portfolios of a round that are hidden from an actor."""
    assert actor.person_id is not None
    return hidden_portfolios(actor.person_id, round_id)


def load_seen_by(actor: Actor, round_id: int) -> list[int]:
    """The loads that an actor reads in the list of a round's panel."""
    rows, _ = panel_page(round_id, actor, "", 1)
    return [row.load for row in rows]


def independent(actor: Actor, portfolio_id: int) -> bool:
    """Whether an actor in a role may go on with a portfolio."""
    assert actor.person_id is not None
    return bool(person_is_independent(actor.person_id, portfolio_id))


def test_a_coordinator_by_default_sees_every_portfolio(app: Flask) -> None:
    round_ = a_round()
    coordinator, portfolio = a_coordinator(round_.id), a_portfolio(round_, copies=False)

    assert hidden(coordinator, round_.id) == frozenset()
    assert independent(coordinator, portfolio.id)
    assert can(coordinator, PortfolioAct.READ_CASE, portfolio.key)


def test_who_shares_the_candidates_mail_domain_keeps_away(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id, email="parsnip@lantern.example.org")
    candidate = a_person(name="Onyx Pebble", email="onyx@lantern.example.org")

    portfolio, other = a_portfolio(round_, candidate, copies=False), a_portfolio(round_, copies=False)

    assert hidden(coordinator, round_.id) == {portfolio.id}
    assert not can(coordinator, PortfolioAct.READ_CASE, portfolio.key)
    assert can(coordinator, PortfolioAct.READ_CASE, other.key)


def test_whoever_kept_away_does_so_after_the_candidate_was_erased_too(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id, email="parsnip@lantern.example.org")
    portfolio = a_portfolio(round_, a_person(email="onyx@lantern.example.org"), copies=False)
    before = hidden(coordinator, round_.id)

    erase_person(an_admin(), portfolio.candidate.key, "Asked for it.")
    check_round(round_.id)

    assert before == {portfolio.id}
    assert hidden(coordinator, round_.id) == before


def test_a_draft_is_kept_from_them_too(app: Flask) -> None:
    round_ = a_round()
    moderator = a_moderator(round_.id, email="samuel@lantern.example.org")
    candidate = a_person(name="Onyx Pebble", email="onyx@lantern.example.org")

    draft = a_portfolio(round_, candidate, submitted=False)

    assert hidden(moderator, round_.id) == {draft.id}


def test_a_role_granted_later_is_kept_away_from_the_first_moment(app: Flask) -> None:
    round_ = a_round()
    portfolio = a_portfolio(round_, a_person(name="Onyx Pebble", email="onyx@lantern.example.org"), copies=False)
    late = a_person(name="Iron Solder", email="iron@lantern.example.org")

    grant_role(SYSTEM, late.person_id or 0, Role.SIGNER, round_.id)

    assert hidden(late, round_.id) == {portfolio.id}


def test_the_candidate_of_a_portfolio_is_never_independent_of_it_but_keeps_their_own_page(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)

    own = a_portfolio(round_, coordinator, copies=False)

    assert hidden(coordinator, round_.id) == {own.id}
    assert not independent(coordinator, own.id)
    assert can(actor_of(coordinator.person_id or 0), PortfolioAct.READ, own.key)
    assert not can(coordinator, PortfolioAct.READ_CASE, own.key)


def test_a_new_name_that_is_the_candidates_hides_the_portfolio(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    portfolio = a_portfolio(round_, a_person(name="Onyx Pebble"), copies=False)

    change_profile(coordinator, name="Onyx Pebble", address_form=None, zone=None, locale="en")

    assert hidden(coordinator, round_.id) == {portfolio.id}


def test_a_declaration_hides_and_its_withdrawal_shows_again(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    member = a_member(round_, person=coordinator)
    portfolio = a_portfolio(round_, organisation="Lantern Freight", copies=False)

    a_declaration(member, "Lantern Freight")

    assert hidden(coordinator, round_.id) == {portfolio.id}
    assert not independent(coordinator, portfolio.id)


def test_what_waits_for_a_decision_hides_until_it_is_dismissed(app: Flask) -> None:
    round_ = a_round()
    coordinator, second = a_coordinator(round_.id, name="Corn Ashlar"), a_coordinator(round_.id, name="Iron Solder")
    member = a_member(round_, person=coordinator)
    portfolio = a_portfolio(round_, people_named=["Corn Ashlar (mentor)"], copies=False)
    before = hidden(coordinator, round_.id)

    found = the_finding(member, portfolio, "named_in_portfolio")
    decide(second, found.key, FindingAct.DISMISS, "They met once, at a fair.")

    assert before == {portfolio.id}
    assert hidden(coordinator, round_.id) == frozenset()
    assert independent(coordinator, portfolio.id)


def test_an_identity_corrected_later_hides_at_once(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id, name="Iron Solder")
    portfolio = a_portfolio(round_, copies=False)

    change_identity(portfolio.candidate, portfolio.key, organisation="", other_names=["Iron Solder"], people_named=[])

    assert hidden(coordinator, round_.id) == {portfolio.id}


def test_a_hidden_portfolio_is_left_out_of_a_members_load(app: Flask) -> None:
    round_ = a_round()
    conflicted = a_coordinator(round_.id, email="parsnip@lantern.example.org")
    second = a_coordinator(round_.id, name="Iron Solder")
    candidate = a_person(name="Onyx Pebble", email="onyx@lantern.example.org")
    portfolio = an_admitted_portfolio(round_, candidate)
    member = a_member(round_)

    with clock.pinned(round_.closes_at + timedelta(days=1)):
        an_assignment(portfolio, member)

    assert load_seen_by(second, round_.id) == [1]
    assert load_seen_by(conflicted, round_.id) == [0]
