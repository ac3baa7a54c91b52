"""What stands in a mail, as a real server gets it."""

from dataclasses import replace

import pytest
from flask import Flask

from panel_app import clock
from panel_app.config import Settings
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.database import transaction
from panel_app.foundation.mail import Letter, composed
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.outbox.sending import send_due
from tests.support.outbox import a_message, mailer, message, send
from tests.support.smtp import Mailbox, body

ENDS = [
    "\r\nBcc: victim@example.org",
    "\nX-Own: 1",
    "\u2028split",
    "\u2029split",
    "\x0bsplit",
    "\x85split",
    "%0d%0aX-Own: 1",
]


def test_one_mail_goes_to_one_person_with_the_keys_of_its_row(app: Flask, smtp: Mailbox) -> None:
    key = a_message(a_person("O'Neill", "oneill@example.org"))

    send(app, smtp)

    (mail,) = smtp.taken
    assert mail["To"] == "oneill@example.org"
    assert (mail["X-Panel-Key"], mail["Message-ID"]) == (key, message(key).message_id)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert key in mail["Message-ID"]


def test_an_apostrophe_is_written_plainly_in_subject_and_text_and_once_in_html(app: Flask, smtp: Mailbox) -> None:
    key = a_message()
    with transaction() as db:
        row = db.get(Notification, message(key).id)
        assert row is not None
        row.subject, row.text = "Spring '27 for O'Neill", "Hello O'Neill,\n"
        row.html = "<p>Hello O&#39;Neill,</p>"

    send(app, smtp)

    (mail,) = smtp.taken
    assert mail["Subject"] == "Spring '27 for O'Neill"
    assert body(mail).strip() == "Hello O'Neill,"
    assert body(mail, "html").strip() == "<p>Hello O&#39;Neill,</p>"


@pytest.mark.parametrize("end", ENDS)
def test_no_line_end_reaches_a_header(app: Flask, smtp: Mailbox, end: str) -> None:
    key = a_message(sender_name=f"Spring round{end}")
    with transaction() as db:
        row = db.get(Notification, message(key).id)
        assert row is not None
        row.subject = f"Your portfolio{end}"

    send(app, smtp)

    (mail,) = smtp.taken
    assert "\n" not in str(mail["Subject"]) + str(mail["From"])
    assert (mail["Bcc"], mail["X-Own"]) == (None, None)
    assert str(mail["Subject"]).startswith("Your portfolio")
    assert mail["From"].addresses[0].addr_spec == "panel@example.org"


def test_an_answer_reaches_a_person_or_the_mail_says_that_nobody_reads_it(app: Flask, smtp: Mailbox) -> None:
    a_message(kind="portfolios/withdrawn", reference="CPAP-27A-K7Q2", portfolio_key="a" * 26)

    send_due(mailer(app, smtp))

    (mail,) = smtp.taken
    assert mail["Reply-To"] is None
    assert "Answers to this mail are not read." in body(mail)
    assert "Answers to this mail are not read." in body(mail, "html")


def test_reply_to_is_the_mailbox_of_the_settings(app: Flask) -> None:
    settings: Settings = replace(app.config["SETTINGS"], mail_reply_to="desk@example.org")
    letter = Letter("k" * 26, "<k@example.org>", "a@example.org", "Spring round", "Subject", "Text", "<p>Text</p>")

    mail = composed(letter, settings, clock.now())

    assert mail["Reply-To"] == "desk@example.org"
    assert str(mail["From"]) == "Spring round <panel@example.org>"


def test_each_message_has_one_recipient(app: Flask, smtp: Mailbox) -> None:
    for _ in range(3):
        a_message()

    send(app, smtp)

    assert [len(mail["To"].addresses) for mail in smtp.taken] == [1, 1, 1]
    assert len({mail["To"] for mail in smtp.taken}) == 3
