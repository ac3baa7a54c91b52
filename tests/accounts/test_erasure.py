"""Erasing a person: no name, address or word of theirs is left in outbox and history, and the chain is whole."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.models import AddressChange, FormerAddress
from panel_app.accounts.services import deactivate_person, erase_person, grant_role, withdraw_role
from panel_app.accounts.services.addresses import ask_for_address, change_address
from panel_app.demo.builders.accounts import a_person, an_admin
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.audit.models import AuditEvent, AuditPrivate
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.foundation.outbox.post import Recipient, post_to
from tests.accounts.kinds import Visit, sure
from tests.accounts.outbox import link_in, mails

pytestmark = pytest.mark.both_databases
OLD, NEW = "fig.primrose@old.example.org", "fig@new.example.org"
PASSWORD = "three grey herons"


@pytest.fixture
def fig(app: Flask) -> Actor:
    """A person with mails, two addresses and a history."""
    person = a_person("Fig Primrose", OLD, password=PASSWORD)
    ask_for_address(person, NEW, None)
    change_address(person, link_in(mails(NEW)[0]).rpartition("/")[2], "")
    return person


def stored() -> str:
    """Everything that outbox and history hold in words."""
    reading().rollback()
    rows = [
        (row.recipient, row.subject, row.text, row.html, row.sender_name, row.last_error)
        for row in reading().scalars(select(Notification))
    ]
    return json.dumps([rows, list(reading().scalars(select(AuditPrivate.words)))], ensure_ascii=False).lower()


def a_mail_to_another(words: str, state: MessageState = MessageState.PENDING) -> str:
    """A message of somebody else that holds these words; its Message-ID."""
    with transaction() as db:
        to = Recipient("bo@example.org", "Bo", None, "en", refused=False)
        post_to(to, f"test:{words}", "accounts/already")
        row = db.scalars(select(Notification).filter_by(occasion=f"test:{words}")).one()
        row.text, row.html, row.subject, row.state = words, f"<p>{words}</p>", words, state
        if state is MessageState.SENT:
            row.sent_at = row.created_at
        return row.message_id


def text_of(message_id: str) -> str:
    reading().rollback()
    return reading().scalars(select(Notification.text).filter_by(message_id=message_id)).one()


def test_outbox_and_history_hold_no_name_and_no_address_of_the_person(fig: Actor) -> None:
    round_ = a_round()
    grant_role(SYSTEM, sure(fig.person_id), Role.OBSERVER, round_.id, "Fig Primrose asked for it.")
    withdraw_role(SYSTEM, sure(fig.person_id), Role.OBSERVER, round_.id, "It is over.")
    a_mail_to_another("Fig Primrose <fig@new.example.org> wrote.")
    before = stored()

    erase_person(an_admin(), fig.key, "Asked for it.")

    after = stored()
    assert all(word in before for word in ("primrose", OLD, NEW))
    assert [word for word in ("primrose", OLD, NEW) if word in after] == []
    assert [row.recipient for row in mails()] == ["", "", "", "bo@example.org"]
    assert reading().scalars(select(FormerAddress)).all() == []
    assert reading().scalars(select(AddressChange)).all() == []


def test_history_still_verifies_and_keeps_each_row(fig: Actor) -> None:
    before = list(reading().scalars(select(AuditEvent.chain).order_by(AuditEvent.number)))

    erase_person(an_admin(), fig.key, "Asked for it.")

    rows = list(reading().scalars(select(AuditEvent).order_by(AuditEvent.number)))
    assert [row.chain for row in rows][: len(before)] == before
    assert rows[-1].tag == "accounts:person:erased"
    assert list(findings()) == []


def test_network_addresses_and_reasons_of_the_person_go_and_those_of_others_stay(fig: Actor, visit: Visit) -> None:
    visit().post("/sign-in", email=NEW, password=PASSWORD)
    other = a_person("Bo", "bo@example.org", password=PASSWORD)
    visit().post("/sign-in", email="bo@example.org", password=PASSWORD)
    admin = an_admin()
    deactivate_person(admin, other.key, "Left in May.")
    numbers = select(AuditEvent.number).where(AuditEvent.by_person_id == fig.person_id)
    with_words = reading().scalars(select(AuditPrivate.number).where(AuditPrivate.number.in_(numbers))).all()

    erase_person(admin, fig.key, "Asked for it.")

    kept = list(reading().scalars(select(AuditPrivate.words).order_by(AuditPrivate.number)))
    assert len(with_words) >= 1
    assert reading().scalars(select(AuditPrivate.number).where(AuditPrivate.number.in_(numbers))).all() == []
    assert any("127.0.0.1" in words for words in kept)
    assert [json.loads(words)["reason"] for words in kept if "reason" in words] == ["Left in May.", "Asked for it."]


def test_what_waits_for_the_person_is_cancelled_and_what_waits_for_others_goes(fig: Actor) -> None:
    other = a_mail_to_another("Fig Primrose is away.")

    erase_person(an_admin(), fig.key, "Asked for it.")

    states = {row.message_id: row.state for row in mails()}
    assert states.pop(other) is MessageState.PENDING
    assert set(states.values()) == {MessageState.CANCELLED}
    assert text_of(other) == "Former person 1 is away."


def test_name_of_one_word_is_replaced_in_what_has_gone_and_in_no_waiting_sentence(app: Flask) -> None:
    may = a_person("May", "may@example.org")
    gone = a_mail_to_another("May wrote; maybe mayday.", MessageState.SENT)
    waits = a_mail_to_another("It is due on 3 May, says may@example.org.")

    erase_person(an_admin(), may.key, "Asked for it.")

    assert text_of(gone) == "Former person 1 wrote; maybe mayday."
    assert text_of(waits) == "It is due on 3 May, says Former person 1."


def test_sentences_of_others_with_a_word_that_is_also_a_name_stay(app: Flask) -> None:
    may, admin = a_person("May", "may@example.org"), an_admin()
    gone = a_mail_to_another("It may take a while.", MessageState.SENT)
    for reason in ("MAY asked for it.", "This may take a while."):
        deactivate_person(admin, a_person().key, reason)

    erase_person(admin, may.key, "Asked for it.")

    reasons = [json.loads(words).get("reason") for words in reading().scalars(select(AuditPrivate.words))]
    assert text_of(gone) == "It may take a while."
    assert sorted(filter(None, reasons)) == ["Asked for it.", "This may take a while."]


def test_person_with_a_similar_number_or_name_keeps_their_words(app: Flask) -> None:
    people = [a_person(f"Fig {number}", f"fig{number}@example.org") for number in range(11)]
    admin = an_admin()
    deactivate_person(admin, people[10].key, "Fig 10 has left.")

    erase_person(admin, people[1].key, "Asked for it.")

    reasons = [json.loads(words).get("reason") for words in reading().scalars(select(AuditPrivate.words))]
    assert "Fig 10 has left." in reasons


def test_name_with_signs_of_a_pattern_or_of_markup_is_found(app: Flask) -> None:
    odd = a_person("A+ (B) & <C>", "odd@example.org")
    with transaction() as db:
        to = Recipient("bo@example.org", "Bo", None, "en", refused=False)
        post_to(to, "test:odd", "accounts/already")
        row = db.scalars(select(Notification).filter_by(occasion="test:odd")).one()
        row.text, row.html = "A+ (B) & <C> wrote", "<p>A+ (B) &amp; &lt;C&gt; wrote</p>"

    erase_person(an_admin(), odd.key, "Asked for it.")

    row = reading().scalars(select(Notification).filter_by(occasion="test:odd")).one()
    assert (row.text, row.html) == ("Former person 1 wrote", "<p>Former person 1 wrote</p>")
