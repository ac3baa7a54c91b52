"""The register: found at submission and by declarations, kept, opened again, set aside."""

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.services import erase_person
from panel_app.accounts.services.addresses import ask_for_address, change_address
from panel_app.conflicts.checks import the_register_is_what_is_found
from panel_app.conflicts.models import Finding
from panel_app.conflicts.queries import barred_pairs, pair_standing, undecided_pairs
from panel_app.conflicts.rules import FindingAct, FindingState, Independence
from panel_app.conflicts.services import check_round, decide, independence
from panel_app.demo.builders.accounts import a_coordinator, a_person, an_admin
from panel_app.demo.builders.conflicts import a_barred_pair, a_dismissed_finding, an_undecided_pair, the_finding
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.portfolios import a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refusal, Refused
from panel_app.foundation.states import NotFromHere, ReasonMissing
from panel_app.panel.rules import DeclarationKind
from panel_app.panel.services import Profile, change_member, withdraw_declaration
from panel_app.portfolios.services import change_identity

pytestmark = pytest.mark.both_databases


def kinds(member_id: int, portfolio_id: int) -> dict[str, FindingState]:
    """Kind → state of everything in the register about a pair."""
    found = select(Finding.kind, Finding.state).where(Finding.member_id == member_id)
    return dict(reading().execute(found.where(Finding.portfolio_id == portfolio_id)).all())


def test_members_and_candidates_by_default_have_no_conflict(app: Flask) -> None:
    round_ = a_round()
    a_member(round_), a_member(round_)
    a_portfolio(round_, copies=False), a_portfolio(round_, copies=False)

    check_round(round_.id)

    assert reading().scalars(select(Finding.kind)).all() == []


def test_a_submission_is_examined_with_the_panel_in_its_own_act(app: Flask) -> None:
    round_ = a_round()
    member = a_member(round_, organisation="Lantern Freight")

    portfolio = a_portfolio(round_, organisation="Lantern Freight Ltd", copies=False)

    assert barred_pairs(round_.id).keys() | undecided_pairs(round_.id).keys() == {(member.member_id, portfolio.id)}


def test_a_draft_is_not_examined_until_it_is_submitted(app: Flask) -> None:
    round_ = a_round()
    a_member(round_, organisation="Lantern Freight")

    a_portfolio(round_, organisation="Lantern Freight", submitted=False)
    submitted = a_portfolio(round_, organisation="Lantern Freight", copies=False)

    assert reading().scalars(select(Finding.portfolio_id)).all() == [submitted.id]


def test_a_new_member_is_examined_with_what_was_submitted_before(app: Flask) -> None:
    found = a_barred_pair(a_round())

    assert found.state is FindingState.STANDING


def test_a_declaration_bars_in_the_act_that_makes_it_and_frees_when_withdrawn(app: Flask) -> None:
    round_ = a_round()
    portfolio, member = a_portfolio(round_, organisation="Lantern Freight", copies=False), a_member(round_)

    key = a_declaration(member, "Lantern Freight")
    declared = kinds(member.member_id, portfolio.id)
    withdraw_declaration(member.actor, key)

    assert declared == {"declared": FindingState.STANDING}
    assert kinds(member.member_id, portfolio.id) == {"declared": FindingState.SUPERSEDED}
    assert independence(member.member_id, portfolio.id).is_free


def test_a_portfolio_is_declared_by_its_reference(app: Flask) -> None:
    round_ = a_round()
    portfolio, member = a_portfolio(round_, copies=False), a_member(round_)

    a_declaration(member, portfolio.reference.lower(), DeclarationKind.PORTFOLIO, "I recognise the work.")

    assert kinds(member.member_id, portfolio.id) == {"declared": FindingState.STANDING}


def test_the_same_account_is_found_in_both_hats(app: Flask) -> None:
    round_ = a_round()
    portfolio = a_portfolio(round_, a_person(name="Onyx Pebble"), copies=False)

    member = a_member(round_, person=portfolio.candidate)

    assert kinds(member.member_id, portfolio.id)["same_person"] is FindingState.STANDING


def test_an_alias_is_matched_like_the_name(app: Flask) -> None:
    round_ = a_round()
    portfolio = a_portfolio(round_, a_person(name="Oat Tansy"), copies=False)

    member = a_member(round_, name="Wort-Ling Tansy", aliases=["Oat Tansy"])

    assert kinds(member.member_id, portfolio.id)["same_person"] is FindingState.OPEN


def test_a_members_own_candidacy_counts(app: Flask) -> None:
    round_ = a_round()
    own = a_portfolio(round_, a_person(name="Onyx Pebble"), people_named=["Beet Torch (mentor)"], copies=False)
    other = a_portfolio(round_, people_named=["Beet Torch (manager)"], organisation="Elsewhere", copies=False)

    member = a_member(round_, person=own.candidate)

    assert kinds(member.member_id, other.id) == {"same_round_candidate": FindingState.OPEN}
    assert undecided_pairs(round_.id).keys() == {(member.member_id, other.id)}


def test_what_needs_a_decision_holds_the_pair_until_it_is_dismissed(app: Flask) -> None:
    round_ = a_round()
    found, coordinator = an_undecided_pair(round_), a_coordinator(round_.id)
    before = independence(found.member.member_id, found.portfolio.id)

    decide(coordinator, found.key, FindingAct.DISMISS, "They met once, at a fair.")

    assert (before.independence, before.is_free) == (Independence.UNDECIDED, False)
    assert independence(found.member.member_id, found.portfolio.id).is_free


def test_what_was_let_stand_bars_the_pair(app: Flask) -> None:
    round_ = a_round()
    found = an_undecided_pair(round_)

    decide(a_coordinator(round_.id), found.key, FindingAct.UPHOLD, "A mentor for three years.")

    assert pair_standing(found.member.member_id, found.portfolio.id).independence is Independence.BARRED


def test_a_dismissed_finding_stays_dismissed_while_its_facts_stay(app: Flask) -> None:
    round_ = a_round()
    found = a_dismissed_finding(round_, a_coordinator(round_.id))

    check_round(round_.id)

    assert kinds(found.member.member_id, found.portfolio.id) == {found.kind: FindingState.DISMISSED}


def test_a_dismissed_finding_opens_again_when_its_facts_change(app: Flask) -> None:
    round_ = a_round()
    found = a_dismissed_finding(round_, a_coordinator(round_.id))
    named = ["Corn Ashlar (mentor)", "Corn Ashlar (manager)"]

    change_identity(found.portfolio.candidate, found.portfolio.key, organisation="", other_names=[], people_named=named)

    row = reading().scalars(select(Finding).filter_by(key=found.key)).one()
    assert (row.state, row.decided_at, row.decide_by is None) == (FindingState.OPEN, None, False)


def test_what_bars_by_itself_is_not_decided_away(app: Flask) -> None:
    round_ = a_round()
    found = a_barred_pair(round_)

    with pytest.raises(NotFromHere):
        decide(a_coordinator(round_.id), found.key, FindingAct.DISMISS, "Never mind.")

    assert the_finding(found.member, found.portfolio, found.kind).state is FindingState.STANDING


def test_what_bars_by_itself_is_not_opened_again_by_hand(app: Flask) -> None:
    round_ = a_round()
    found = a_barred_pair(round_)

    with pytest.raises(Refused, match="facts change"):
        decide(a_coordinator(round_.id), found.key, FindingAct.RECONSIDER, "Never mind.")


def test_a_decision_needs_a_reason(app: Flask) -> None:
    round_ = a_round()
    found = an_undecided_pair(round_)

    with pytest.raises(ReasonMissing):
        decide(a_coordinator(round_.id), found.key, FindingAct.DISMISS, "  ")


def test_only_a_coordinator_of_the_round_decides_and_never_about_themself(app: Flask) -> None:
    round_, other = a_round(), a_round()
    coordinator = a_coordinator(round_.id, name="Corn Ashlar")
    portfolio = a_portfolio(round_, people_named=["Corn Ashlar (mentor)"], copies=False)
    member = a_member(round_, person=coordinator)
    found = the_finding(member, portfolio, "named_in_portfolio")

    for actor in (coordinator, a_coordinator(other.id), member.actor):
        with pytest.raises(Refused) as refused:
            decide(actor, found.key, FindingAct.DISMISS, "It is nothing.")
        assert refused.value.refusal.hidden


def test_a_member_reads_one_sentence_for_all_that_bars(app: Flask) -> None:
    round_ = a_round()
    by_work, by_word = a_barred_pair(round_), an_undecided_pair(round_)
    decide(a_coordinator(round_.id), by_word.key, FindingAct.UPHOLD, "A mentor for three years.")

    answers = [independence(each.member.member_id, each.portfolio.id).for_member() for each in (by_work, by_word)]

    assert answers[0] == answers[1]
    assert isinstance(answers[0], Refusal)
    assert "Lantern" not in answers[0].reason


def test_a_coordinator_reads_every_reason(app: Flask) -> None:
    found = a_barred_pair(a_round())

    answer = independence(found.member.member_id, found.portfolio.id).for_coordinator()

    assert isinstance(answer, Refusal)
    assert "Lantern Freight" in answer.reason


def test_a_former_organisation_stops_to_count_after_two_years(app: Flask) -> None:
    round_ = a_round()
    portfolio = a_portfolio(round_, organisation="Lantern Freight", copies=False)
    member = a_member(round_, organisation="Lantern Freight")

    change_member(member.actor, member.key, Profile("CPAA", "Somewhere else", domains=["PSF-1"]))

    assert kinds(member.member_id, portfolio.id) == {"same_organisation": FindingState.SUPERSEDED}


def with_address(person: Actor, wanted: str) -> None:
    """Give a person another address, as the mailbox of it would."""
    ask_for_address(person, wanted, None)
    mail = reading().scalars(select(Notification).filter_by(recipient=wanted, kind="accounts/new_address")).one()
    change_address(person, mail.text.split("/new-address/")[1][:26], "")


def test_a_new_address_is_examined_at_once_and_the_old_one_counts_on(app: Flask) -> None:
    round_ = a_round()
    member, portfolio = a_member(round_, email="ash@lantern.example.org"), a_portfolio(round_, copies=False)
    before = kinds(member.member_id, portfolio.id)

    with_address(member.actor, "ash@harbour.example.org")
    with_address(portfolio.candidate, "bo@lantern.example.org")

    assert before == {}
    assert list(kinds(member.member_id, portfolio.id)) == ["same_organisation"]


def test_an_address_that_both_had_at_some_time_is_found(app: Flask) -> None:
    round_ = a_round()
    member, portfolio = a_member(round_, email="desk@lantern.example.org"), a_portfolio(round_, copies=False)

    with_address(member.actor, "ash@harbour.example.org")
    with_address(portfolio.candidate, "desk@lantern.example.org")
    with_address(portfolio.candidate, "bo@pier.example.org")

    assert "same_person" in kinds(member.member_id, portfolio.id)


@pytest.mark.parametrize("is_member", [True, False])
def test_what_was_found_stands_when_somebody_is_erased_and_nothing_is_to_mend(app: Flask, is_member: bool) -> None:
    round_ = a_round()
    found = a_barred_pair(round_)
    ids = found.member.member_id, found.portfolio.id
    before = kinds(*ids)

    erase_person(an_admin(), (found.member.actor if is_member else found.portfolio.candidate).key, "Asked for it.")
    told = list(the_register_is_what_is_found())
    stands = independence(*ids)

    assert before == {"same_organisation": FindingState.STANDING}
    assert kinds(*ids) == before
    assert (told, stands.independence) == ([], Independence.BARRED)
