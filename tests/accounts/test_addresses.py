"""Another address: asked for with the second question, made by its mailbox, stopped by the old one."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.models import AddressChange, FormerAddress
from panel_app.accounts.queries import account_by_address, account_of
from panel_app.accounts.services import begin_sign_in
from panel_app.accounts.services.refusals import mark_refused
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.actors import Actor
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.database import reading
from tests.accounts.kinds import Visit, sure
from tests.accounts.outbox import link_in, mails
from tests.accounts.test_entry_pages import alike
from tests.conftest import START
from tests.support.pages import Visitor

pytestmark = pytest.mark.both_databases
PASSWORD = "three grey herons"
OLD, NEW = "Fig@old.example.org", "Fig@new.example.org"


@pytest.fixture
def fig(app: Flask) -> Actor:
    return a_person("Fig", OLD, password=PASSWORD)


def asked(browser: Visitor, wanted: str = NEW) -> tuple[str, str]:
    """Ask for an address; the paths of the link that makes it and of the one that stops it."""
    browser.post("/account/address", email=wanted)
    return link_in(mails(wanted)[-1]), link_in(mails(OLD)[-1])


def address_of(person: Actor) -> str:
    reading().rollback()
    return sure(account_of(sure(person.person_id))).address


def happened(part: str) -> list[str]:
    reading().rollback()
    found = select(AuditEvent.tag).where(AuditEvent.tag.startswith(f"accounts:address:{part}"))
    return list(reading().scalars(found.order_by(AuditEvent.number)))


def test_new_address_is_made_by_its_link_alone_and_the_old_one_is_remembered(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    make, _ = asked(browser)
    before = address_of(fig)

    looked = browser.get(make)
    unchanged = address_of(fig)
    page = browser.post(make)

    assert (before, looked.heading, unchanged) == (OLD, "Use this address from now on?", OLD)
    assert "Your address is changed." in page.text
    assert address_of(fig) == NEW
    assert reading().scalars(select(FormerAddress.typed)).all() == [OLD]
    assert happened("asked") + happened("changed") == ["accounts:address:asked", "accounts:address:changed"]


def test_person_signs_in_with_the_new_address_and_not_with_the_old_one(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    browser.post(asked(browser)[0])

    assert visit().send("/sign-in", email=NEW.upper(), password=PASSWORD).location == "/today"
    assert visit().send("/sign-in", email=OLD, password=PASSWORD).status_code == 409


def test_every_other_sign_in_ends_and_every_open_link(fig: Actor, visit: Visit) -> None:
    browser, other = visit(fig), visit(fig)
    visit().post("/forgotten-password", email=OLD)
    reset = link_in(mails(OLD)[-1])

    browser.post(asked(browser)[0])

    assert other.get("/account").heading == "Sign in"
    assert browser.get("/account").heading == "Your account"
    assert visit().get(reset, 410).heading == "This link no longer works"


def test_old_mailbox_is_told_twice_and_the_new_one_learns_no_name(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    browser.post(asked(browser)[0])

    assert [mail.kind for mail in mails(OLD)] == ["accounts/address_asked", "accounts/address_changed"]
    assert NEW in mails(OLD)[0].text
    (told,) = mails(NEW)
    assert "Fig " not in told.text + told.html + told.subject
    assert told.person_id is None


def test_old_mailbox_stops_what_is_only_asked_for(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    make, stop = asked(browser)
    guest = visit()

    looked = guest.get(stop)
    guest.post(stop)

    assert looked.heading == "Stop the change of address?"
    assert address_of(fig) == OLD
    assert browser.get("/account").heading == "Sign in"
    assert visit(fig).get(make, 410).heading == "This link no longer works"
    assert visit().send("/sign-in", email=OLD, password=PASSWORD).status_code == 409
    assert mails(OLD)[-1].kind == "accounts/reset"


def test_old_mailbox_puts_back_what_was_changed_and_its_owner_sets_a_new_password(fig: Actor, visit: Visit) -> None:
    browser, guest = visit(fig), visit()
    make, stop = asked(browser)
    browser.post(make)

    guest.post(stop)
    guest.post(link_in(mails(OLD)[-1]), password="four grey herons")

    assert address_of(fig) == OLD
    assert browser.get("/account").heading == "Sign in"
    assert visit().send("/sign-in", email=OLD, password="four grey herons").location == "/today"
    assert happened("stopped") == ["accounts:address:stopped"]


def test_stranger_can_not_stop_the_owner_s_stop(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    make, stop = asked(browser)
    browser.post(make)
    browser.post("/account/address", email="third@new.example.org")
    stop_of_stranger = link_in(mails(NEW)[-1])

    visit().post(stop)

    assert visit().get(stop_of_stranger, 410).heading == "This link no longer works"
    assert address_of(fig) == OLD


def test_links_end_after_three_days_and_by_a_newer_wish(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    first, _ = asked(browser)
    second, stop = asked(browser, "other@new.example.org")

    older = browser.get(first, 410).status
    with clock.pinned(START + timedelta(days=3)):
        late = [visit(fig).get(path, 410).status for path in (second, stop)]

    assert (older, late) == (410, [410, 410])


def test_link_in_another_person_s_hands_does_nothing(fig: Actor, visit: Visit) -> None:
    make, _ = asked(visit(fig))

    assert visit().get(make).heading == "Sign in"
    assert visit(a_person("Bo")).get(make, 410).heading == "This link no longer works"
    assert address_of(fig) == OLD


def test_wish_is_answered_alike_for_a_taken_and_a_free_address(fig: Actor, visit: Visit) -> None:
    a_person("Bo", "bo@example.org")
    browser = visit(fig)

    taken = alike(browser.send("/account/address", email="BO@example.org"))
    shown_taken = browser.get("/account/address").main.replace("BO@example.org", "…")
    free = alike(browser.send("/account/address", email="bu@example.org"))
    shown_free = browser.get("/account/address").main.replace("bu@example.org", "…")

    assert taken == free
    assert shown_taken == shown_free
    assert [mail.kind for mail in mails("bo@example.org")] == ["accounts/already"]


def test_address_that_was_taken_meanwhile_is_refused_with_a_sentence(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    make, _ = asked(browser)
    a_person("Bo", NEW.lower())

    page = browser.post(make, 409)

    assert page.errors == ["This address already has an account. Sign in, or ask for a new password."]
    assert address_of(fig) == OLD


def test_present_address_and_no_address_are_refused(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)

    same = browser.post("/account/address", 409, email=OLD.lower())
    none = browser.post("/account/address", 422, email="fig at old")

    assert same.errors == ["This is your address already. Enter another one."]
    assert none.errors == ["Enter an address such as name@example.org."]
    assert mails() == []


def test_wish_waits_for_the_second_question(app: Flask, fig: Actor) -> None:
    browser = Visitor(app, begin_sign_in(sure(fig.person_id)))

    answer = browser.send("/account/address", email=NEW)

    assert answer.location == "/confirm"
    assert mails() == []


def test_person_gives_the_wish_up(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    make, _ = asked(browser)

    page = browser.post("/account/address/give-up")

    assert "Waiting for you" not in page.main
    assert browser.get(make, 410).status == 410
    assert happened("given-up") == ["accounts:address:given-up"]


def test_wishes_are_limited_like_links(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)

    statuses = [browser.send("/account/address", email=NEW).status_code for _ in range(11)]

    assert statuses == [302] * 10 + [429]


def test_tokens_are_stored_as_hashes(fig: Actor, visit: Visit) -> None:
    make, stop = asked(visit(fig))

    row = reading().scalars(select(AddressChange)).one()

    assert {len(row.confirm_hash), len(row.stop_hash)} == {64}
    assert make.rpartition("/")[2] not in (row.confirm_hash, row.stop_hash)
    assert stop.rpartition("/")[2] not in (row.confirm_hash, row.stop_hash)


def test_refused_address_is_said_on_the_first_page_until_another_one_works(fig: Actor, visit: Visit) -> None:
    browser = visit(fig)
    before = browser.get("/today").main
    mark_refused(sure(fig.person_id), OLD)

    refused = browser.get("/today")
    action = browser.get("/account/address")
    browser.post(asked_for_refused(browser))

    assert "comes back" not in before
    assert f"Mail to {OLD} comes back" in refused.main
    assert "/account/address" in refused.links()
    assert "The mail server refuses mail to this address" in action.main
    assert "comes back" not in browser.get("/today").main
    assert sure(account_by_address(NEW)).id == fig.person_id


def asked_for_refused(browser: Visitor) -> str:
    """Ask for an address while the present one is refused; the path of the link that makes it."""
    browser.post("/account/address", email=NEW)
    return link_in(mails(NEW)[-1])
