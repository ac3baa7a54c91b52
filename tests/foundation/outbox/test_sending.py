"""Claiming, sending and settling, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from panel_app import clock
from panel_app.accounts.models import EmailAddress
from panel_app.accounts.services import deactivate_person, try_address_again
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import Conflicted, reading, transaction
from panel_app.foundation.mail import Answer, Said
from panel_app.foundation.outbox import wanted
from panel_app.foundation.outbox.acts import cancel, send_again, supersede
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.foundation.outbox.restore import know_count
from panel_app.foundation.outbox.sending import ClaimedMessage, claim_message, send_due, settle_message
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import NotFromHere
from tests.support.outbox import a_message, mailer, message, send, states
from tests.support.smtp import Mailbox

pytestmark = pytest.mark.both_databases
RETRY = timedelta(seconds=60)


def claim_dead(key: str) -> None:
    """A process claimed this message and died; its lease has run out."""
    with transaction() as db:
        dead = update(Notification).filter_by(key=key)
        gone = clock.running() - timedelta(seconds=1)
        db.execute(dead.values(state=MessageState.SENDING, attempts=1, claimed_by="dead", lease_until=gone))


def test_a_message_is_sent_once_and_its_row_says_so(app: Flask, smtp: Mailbox) -> None:
    key = a_message()

    first, second = send(app, smtp), send(app, smtp)

    row = message(key)
    assert (first, second) == (1, 0)
    assert (row.state, row.sent_at, row.attempts, row.resent) == (MessageState.SENT, clock.now(), 1, 0)
    assert smtp.keys == [key]


def test_nothing_goes_before_its_time(app: Flask, smtp: Mailbox) -> None:
    key = a_message(due_in=timedelta(hours=1))

    early = send(app, smtp, clock.now() + timedelta(minutes=59))
    on_time = send(app, smtp, clock.now() + timedelta(hours=1))

    assert (early, on_time, smtp.keys) == (0, 1, [key])


def test_waits_double_until_the_message_is_given_up(app: Flask, smtp: Mailbox) -> None:
    key = a_message()
    smtp.refuse_data = "451 try later"
    waits = []

    with clock.pinned(clock.now()):
        for _ in range(12):
            at = message(key).next_try_at
            assert send(app, smtp, at) == 1
            waits.append(message(key).next_try_at - at)

    assert waits[:4] == [RETRY, 2 * RETRY, 4 * RETRY, 8 * RETRY]
    assert (message(key).state, message(key).attempts) == (MessageState.DEAD, 12)
    assert message(key).last_error == "451 SMTPDataError"


def test_attempts_keep_one_message_id(app: Flask, smtp: Mailbox) -> None:
    key = a_message()
    with app.app_context():
        claim_dead(key)

    send(app, smtp)

    row = message(key)
    assert (row.state, row.attempts, row.resent) == (MessageState.SENT, 2, 1)
    assert [mail["Message-ID"] for mail in smtp.taken] == [row.message_id]


def test_a_line_that_breaks_after_the_letter_counts_as_perhaps_delivered(app: Flask, smtp: Mailbox) -> None:
    key, smtp.hangs_up = a_message(), True
    with clock.pinned(clock.now()):
        send(app, smtp)
        broken, smtp.hangs_up = message(key), False
        waited = broken.next_try_at - clock.now()
        stood = broken.state, broken.failures, broken.resent
        send(app, smtp, broken.next_try_at)

    assert (*stood, waited) == (MessageState.PENDING, 1, 1, RETRY)
    assert (message(key).state, message(key).resent) == (MessageState.SENT, 1)
    assert smtp.keys == [key, key]


def test_a_living_claim_is_left_alone(app: Flask, smtp: Mailbox) -> None:
    key = a_message()
    know_count()
    mine = claim_message()

    other = send(app, smtp)

    assert mine is not None
    assert (other, smtp.keys, message(key).state) == (0, [], MessageState.SENDING)


def test_who_lost_a_claim_writes_nothing(app: Flask, smtp: Mailbox) -> None:
    key = a_message()
    know_count()
    slow = claim_message()
    assert slow is not None
    claim_dead(key)
    send(app, smtp)

    count = settle_message(slow, Answer(Said.LATER, "late"))

    assert count is None
    assert (message(key).state, message(key).last_error) == (MessageState.SENT, None)


def test_a_refused_address_gets_no_more_mail_until_someone_tries_it_again(app: Flask, smtp: Mailbox) -> None:
    person = a_person(email="gone@example.org")
    first = a_message(person)
    waiting = a_message(person, due_in=timedelta(minutes=1))
    smtp.refuse["gone@example.org"] = "550 no such mailbox"
    send(app, smtp)
    later = a_message(person)
    send(app, smtp, clock.now() + timedelta(minutes=2))

    assert smtp.tried == ["gone@example.org"]
    assert [message(key).state for key in (first, waiting, later)] == ["failed", "suppressed", "suppressed"]
    with pytest.raises(Refused, match="refuses this address"):
        send_again(SYSTEM, first)

    smtp.refuse.clear()
    assert person.person_id is not None
    try_address_again(SYSTEM, person.person_id)
    send_again(SYSTEM, first)
    send(app, smtp)
    assert smtp.keys == [first]


def test_a_busy_mailbox_is_no_refused_address(app: Flask, smtp: Mailbox) -> None:
    person = a_person(email="full@example.org")
    key = a_message(person)
    smtp.refuse["full@example.org"] = "452 full"

    send(app, smtp)

    refused = reading().scalar(select(EmailAddress.refused_at).filter_by(person_id=person.person_id))
    assert (message(key).state, refused) == (MessageState.PENDING, None)


def test_an_unreachable_server_ends_the_pass_and_loses_nothing(app: Flask, smtp: Mailbox) -> None:
    keys = [a_message(), a_message()]
    nowhere = mailer(app, smtp, smtp_port=1)

    tried = send_due(nowhere)

    assert tried == 1
    assert states() == [MessageState.PENDING, MessageState.PENDING]
    assert [message(key).attempts for key in keys] == [1, 0]


def test_what_is_settled_meanwhile_is_skipped(app: Flask, smtp: Mailbox) -> None:
    done: set[str] = set()
    with conditions("test/kind", lambda waiting: waiting.subject_key not in done):
        kept, settled = [a_message(subject_key=each) for each in ("open", "done")]
        with transaction() as db:
            db.execute(update(Notification).values(kind="test/kind"))
        done.add("done")

        send(app, smtp)

    assert smtp.keys == [kept]
    assert message(settled).state is MessageState.SKIPPED


def test_a_replaced_message_is_superseded(app: Flask, smtp: Mailbox) -> None:
    with conditions("test/kind", lambda waiting: "replaced"):
        a_message()
        with transaction() as db:
            db.execute(update(Notification).values(kind="test/kind"))

        send(app, smtp)

    assert (smtp.keys, states()) == ([], [MessageState.SUPERSEDED])


@contextmanager
def conditions(kind: str, condition: wanted.Condition) -> Iterator[None]:
    wanted.still_wanted(kind)(condition)
    yield
    del wanted._CONDITIONS[kind]


def test_a_closed_account_gets_nothing_more(app: Flask, smtp: Mailbox) -> None:
    person = a_person()
    a_message(person)
    assert person.person_id is not None
    deactivate_person(SYSTEM, person.key, "left")

    send(app, smtp)

    assert (smtp.keys, states()[0]) == ([], MessageState.SKIPPED)


def test_four_threads_claim_one_message_once(app: Flask) -> None:
    a_message()
    know_count()
    claimed = in_parallel(app, 4)

    assert len([each for each in claimed if each is not None]) == 1


def test_four_threads_claim_four_messages_once_each(app: Flask) -> None:
    for _ in range(4):
        a_message()
    know_count()

    claimed = in_parallel(app, 4)

    assert len({each.id for each in claimed if each is not None}) == 4


def in_parallel(app: Flask, number: int) -> list[ClaimedMessage | None]:
    at, start = clock.now(), Barrier(number)
    claimed: list[ClaimedMessage | None] = []

    def run() -> None:
        with app.app_context(), clock.pinned(at):
            start.wait()
            claimed.append(claim_message())

    reading().rollback()
    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return claimed


def test_only_a_waiting_message_can_be_cancelled(app: Flask, smtp: Mailbox) -> None:
    sent, waiting = a_message(), a_message(due_in=timedelta(days=1))
    send(app, smtp)

    cancel(SYSTEM, waiting)

    assert states() == [MessageState.SENT, MessageState.CANCELLED]
    with pytest.raises(NotFromHere):
        cancel(SYSTEM, sent)
    with pytest.raises(NotFromHere):
        send_again(SYSTEM, sent)


def test_a_newer_message_takes_the_place_of_waiting_ones(app: Flask) -> None:
    a_message(subject_key="one")
    a_message(subject_key="two")

    replaced = supersede("accounts/password_changed", "one")

    assert (replaced, states()) == (1, [MessageState.SUPERSEDED, MessageState.PENDING])


@pytest.mark.parametrize("values", [{"state": "sent"}, {"state": "sending"}])
def test_schema_refuses_a_row_that_can_not_be(app: Flask, values: dict[str, str]) -> None:
    a_message()

    with pytest.raises(Conflicted), transaction() as db:
        db.execute(update(Notification).values(**values))
