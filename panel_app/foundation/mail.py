"""Talking to the mail server: one message to one recipient, and what the server said to it."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from enum import Enum
from typing import Any, Protocol

from panel_app import clock
from panel_app.config import Settings


class Said(Enum):
    """What became of one message at the mail server. `unsure`: the line broke after the letter was handed over and
    before the answer, so that it may have been taken.
    """

    TAKEN = "taken"
    LATER = "later"
    UNSURE = "unsure"
    MESSAGE_REFUSED = "message refused"
    ADDRESS_REFUSED = "address refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Answer:
    """The server's answer. `detail`: its code and kind of error, never its words (they repeat addresses)."""

    said: Said
    detail: str = ""


@dataclass(frozen=True)
class Letter:
    """What goes into one mail, as the outbox holds it."""

    key: str
    message_id: str
    recipient: str
    sender_name: str
    subject: str
    text: str
    html: str


class Carrier(Protocol):
    """Whoever can carry a letter: the mail server, or a test's."""

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over and say what became of it; raises nothing that a mail server can cause."""

    def close(self) -> None:
        """Let go of the connection."""


def one_line(text: str) -> str:
    """A header's value: every kind of line end and control character is a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def composed(letter: Letter, settings: Settings, at: datetime) -> EmailMessage:
    """The mail itself. Its Message-ID and X-Panel-Key are the row's, the same at each attempt. `at`: aware."""
    own_name, own_address = parseaddr(settings.mail_from)
    plain = letter.recipient.isascii() and own_address.isascii()
    mail = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    mail["From"] = Address(one_line(letter.sender_name) or own_name, addr_spec=own_address)
    mail["To"] = Address(addr_spec=one_line(letter.recipient))
    if settings.mail_reply_to:
        mail["Reply-To"] = one_line(settings.mail_reply_to)
    mail["Subject"] = one_line(letter.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Panel-Key"] = letter.key
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return mail


class _Line(smtplib.SMTP):
    """A connection that knows whether a whole letter was handed over and not answered yet."""

    awaits_verdict = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter's text over. Raises as smtplib does."""
        self.awaits_verdict = True
        answer = super().data(msg)
        self.awaits_verdict = False
        return answer


class _SecureLine(_Line, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


class Mailer:
    """The mail server that the settings name. Keeps its connection from letter to letter; use it in one thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # A dialogue has some ten steps, each with this limit: a claim must outlive them all.
        self.timeout = max(1.0, min(30.0, settings.lease_seconds / 10))
        self._server: _Line | None = None

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over, to its one recipient."""
        try:
            mail = composed(letter, self.settings, clock.now())
        except (ValueError, IndexError) as error:  # an address that no header can hold
            return Answer(Said.ADDRESS_REFUSED, type(error).__name__)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(Said.UNREACHABLE, _detail(error))
        server.awaits_verdict = False
        try:
            server.send_message(mail, parseaddr(self.settings.mail_from)[1], [letter.recipient])
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Answer(_meaning(error, server.awaits_verdict), _detail(error))
        return Answer(Said.TAKEN)

    def close(self) -> None:
        """Say goodbye, or just hang up."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def _connected(self) -> _Line:
        if self._server is not None and not self._is_alive(self._server):
            self.close()
        if self._server is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> _Line:
        settings, secure = self.settings, ssl.create_default_context()
        name = parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"
        host, port, limit = settings.smtp_host, settings.smtp_port, self.timeout
        if settings.smtp_tls == "tls":
            server: _Line = _SecureLine(host, port, name, timeout=limit, context=secure)
        else:
            server = _Line(host, port, name, timeout=limit)
        self._server = server
        if settings.smtp_tls == "starttls":
            server.starttls(context=secure)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        return server

    @staticmethod
    def _is_alive(server: smtplib.SMTP) -> bool:
        try:
            return server.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False


def _meaning(error: OSError | smtplib.SMTPException, handed_over: bool) -> Said:
    if handed_over and _code(error) <= 0:
        return Said.UNSURE
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Said.ADDRESS_REFUSED if _code(error) >= 500 else Said.LATER
    if isinstance(error, smtplib.SMTPDataError):
        return Said.MESSAGE_REFUSED if _code(error) >= 500 else Said.LATER
    if isinstance(error, smtplib.SMTPNotSupportedError):  # the server can't take letters beyond ASCII in an address
        return Said.MESSAGE_REFUSED
    return Said.LATER


def _code(error: OSError | smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _detail(error: OSError | smtplib.SMTPException) -> str:
    code = _code(error)
    return f"{code} {type(error).__name__}" if code else type(error).__name__
