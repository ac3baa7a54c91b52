"""A real SMTP server on a free port: keeps what it takes, refuses with codes, waits where it is told to."""

import asyncio
import email
import time
from asyncio.base_events import Server
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Step = Callable[[str], None]


@dataclass
class Mailbox:
    """What the server took, in order, and how it shall behave.

    `refuse`: recipient → the answer to RCPT ("550 no such mailbox"); `refuse_data`: the answer to every message, if
    any; `hangs_up`: break the line after a letter was taken; `at_step` is called with "MAIL", "RCPT", "DATA" or "250"
    before the server answers that step.
    """

    refuse: dict[str, str] = field(default_factory=dict)
    refuse_data: str = ""
    hangs_up: bool = False
    at_step: Step = lambda step: None
    taken: list[EmailMessage] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def keys(self) -> list[str]:
        """X-Panel-Key of every mail that was taken."""
        return [str(mail["X-Panel-Key"]) for mail in self.taken]

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address."""
        return [mail for mail in self.taken if address in str(mail["To"])]

    async def handle_MAIL(  # noqa: N802  the server calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_step("MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_step("RCPT")
        self.tried.append(address)
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.at_step("DATA")
        if self.refuse_data:
            return self.refuse_data
        content = envelope.content
        assert isinstance(content, bytes)
        mail = email.message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.taken.append(mail)
        self.at_step("250")
        if self.hangs_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


def body(mail: EmailMessage, kind: str = "plain") -> str:
    """The text part (or the HTML part) of a mail."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class _Controller(Controller):
    """Answers on the port that the system chose."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the package has no types


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    """Run the server in a thread of its own."""
    mailbox = Mailbox()
    controller = _Controller(mailbox, hostname="127.0.0.1", port=0, enable_SMTPUTF8=True, server_hostname="localhost")
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop(no_assert=True)


def settings_of(mailbox: Mailbox) -> Mapping[str, str]:
    """Environment variables that lead to this server."""
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mailbox.port), "SMTP_TLS": "none"}


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Look until something holds. Raises AssertionError when it doesn't in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
