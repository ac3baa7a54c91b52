"""The demo's mailbox: a real SMTP server that keeps each mail as a file. `python -m panel_app.demo.mailbox` runs it.

A mail is written whole before the server says "250", under a name that begins with the time, so the folder is its list.
"""

import os
import re
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from threading import Event

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from panel_app import clock
from panel_app.config import Settings
from panel_app.foundation.keys import new_key
from panel_app.foundation.mail import Answer, Letter, Said, composed

log = structlog.get_logger()

NAME = re.compile(r"[0-9]{16}-[a-z2-7]{26}")
MOST_BYTES = 30 * 1024 * 1024


def folder_of(settings: Settings) -> Path:
    """Where the mails lie: beside the evidence, in the instance folder."""
    return settings.evidence_dir.parent / "mailbox"


class Keeper:
    """What the server does with a mail: keep it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  the server's name
        """Write the mail to a file, then say that it is taken."""
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 only bytes are kept"
        name = keep(self.folder, content, clock.running())
        log.info("mail_kept", name=name)
        return "250 OK"


class FolderCarrier:
    """Keeps letters without a server: for a process that makes the demo's past, at the clock's own instants."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, letter: Letter) -> Answer:
        """Keep the letter among the mails of the demo."""
        mail = composed(letter, self.settings, clock.now())
        keep(folder_of(self.settings), mail.as_bytes(), clock.now())
        return Answer(Said.TAKEN)

    def close(self) -> None:
        """Nothing to let go of."""


def keep(folder: Path, content: bytes, at: datetime) -> str:
    """Keep one mail, taken at an aware instant, whole or not at all; gives its name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{int(at.timestamp() * 1_000_000):016d}-{new_key()}"
    fresh = folder / f".{name}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(folder / f"{name}.eml")
    return name


@dataclass(frozen=True)
class KeptMail:
    """One mail as the page shows it. `taken_at`: when the server took it; `text`: its text part."""

    name: str
    taken_at: datetime
    to: str
    sender: str
    subject: str
    message_id: str
    text: str


def names(folder: Path) -> list[str]:
    """The names of all mails, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((path.stem for path in folder.glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)


def read(folder: Path, name: str) -> KeptMail | None:
    """One mail by its name; None for a name that isn't one of ours."""
    path = folder / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    mail = message_from_bytes(path.read_bytes(), policy=default)
    part = mail.get_body(("plain",))
    return KeptMail(
        name=name,
        taken_at=datetime.fromtimestamp(int(name.split("-", maxsplit=1)[0]) / 1_000_000, UTC),
        to=str(mail["To"]),
        sender=str(mail["From"]),
        subject=str(mail["Subject"]),
        message_id=str(mail["Message-ID"]),
        text=str(part.get_content()).replace("\r\n", "\n") if part is not None else "",
    )


def serve(host: str, port: int, folder: Path, stop: Event) -> None:
    """Take mail until `stop` is set."""
    controller = Controller(Keeper(folder), hostname=host, port=port, enable_SMTPUTF8=True, data_size_limit=MOST_BYTES)
    controller.start()
    log.info("mailbox_started", port=port)
    stop.wait()
    controller.stop()


def main() -> None:
    """Run the mailbox of the settings until a signal comes."""
    settings, stop = Settings.from_env(), Event()
    if settings.panel_now:
        clock.start_at(settings.panel_now)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    serve(settings.smtp_host, settings.smtp_port, folder_of(settings), stop)


if __name__ == "__main__":
    main()
