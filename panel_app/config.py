"""Settings: one table, read from the environment. A missing or wrong one stops the start with one line."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("production", "demo", "test")
EXAMPLE_SECRETS = ("changeme", "secret", "example", "test", "password")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def top_folder(name: str) -> Path:
    """`templates` or `migrations`: at the checkout's top, else inside the installed package."""
    return ROOT / name if (ROOT / "pyproject.toml").exists() else ROOT / "panel_app" / name


class SettingError(SystemExit):
    """A setting is missing or wrong; the text is one line that says what to set."""


@dataclass(frozen=True)
class Setting:
    """One line of the table in docs/settings.md. `default` by environment; none means that it must be set."""

    name: str
    says: str
    read: Callable[[str], Any]
    production: str | None
    demo: str | None = None

    def default(self, environment: str) -> str | None:
        return self.production if environment == "production" else (self.demo or self.production)


def _number(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError("not below 0")
    return value


def _minutes(text: str) -> int:
    if (value := _number(text)) < 1:
        raise ValueError("at least 1")
    return value


def _flag(text: str) -> bool:
    if text.lower() not in ("yes", "no", "true", "false", "1", "0"):
        raise ValueError("yes or no")
    return text.lower() in ("yes", "true", "1")


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("an ISO instant with its offset, such as 2027-01-20T17:00:00+00:00")
    return value


def _address(text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise ValueError("an address such as https://panel.example.org")
    return text.rstrip("/")


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _database(text: str) -> str:
    return text.replace("postgresql://", "postgresql+psycopg://").replace("postgres://", "postgresql+psycopg://")


_INSTANCE = str(ROOT / "instance")

_OWN_DATABASE = f"sqlite:///{_INSTANCE}/panel.db"

TABLE: tuple[Setting, ...] = (
    Setting("PANEL_ENV", "production, demo or test.", str, "production"),
    Setting("DATABASE_URL", "Where the data lies: postgresql://… or sqlite:///….", _database, None, _OWN_DATABASE),
    Setting("SECRET_KEY", "Signs cookies and file addresses; at least 32 random characters.", str, None),
    Setting("EVIDENCE_DIR", "Folder for evidence, readable by this user alone.", Path, None, f"{_INSTANCE}/evidence"),
    Setting("BASE_URL", "The address that people use; links in mails start with it.", _address, None, "http://127.0.0.1:8000"),
    Setting("BIND", "Host and port on which `panel run` listens.", str, "127.0.0.1:8000"),
    Setting("WEB_WORKERS", "Number of web processes of `panel run`.", _number, "2"),
    Setting("SMTP_HOST", "Mail server.", str, None, "127.0.0.1"),
    Setting("SMTP_PORT", "Its port.", _number, "587", "8025"),
    Setting("SMTP_TLS", "starttls, tls or none (none only to this machine).", str, "starttls", "none"),
    Setting("SMTP_USER", "Name to sign in to the mail server; empty for none.", str, ""),
    Setting("SMTP_PASSWORD", "Its password.", str, ""),
    Setting("MAIL_FROM", "Sender of all mail.", str, None, "panel <panel@example.org>"),
    Setting("MAIL_REPLY_TO", "A mailbox that a person reads; empty: mails say that answers are not read.", str, ""),
    Setting("TRUSTED_PROXIES", "Proxies whose X-Forwarded-For is believed, with commas.", _names, ""),
    Setting("LEASE_SECONDS", "How long a claimed mail or job belongs to one process.", _number, "300"),
    Setting("RETRY_SECONDS", "Wait before the second attempt at a mail or job; it doubles each time.", _number, "60"),
    Setting("SESSION_IDLE_MINUTES", "A sign-in ends after this long without a request.", _number, "720"),
    Setting("SESSION_HOURS", "A sign-in ends after this long in any case.", _number, "168"),
    Setting("SIGN_IN_LIMIT_ACCOUNT", "Failed sign-ins per account in one window.", _number, "10"),
    Setting("SIGN_IN_LIMIT_ADDRESS", "Failed sign-ins per network address in one window.", _number, "50"),
    Setting("SIGN_IN_LIMIT_GLOBAL", "Failed sign-ins of all together in one window.", _number, "1000"),
    Setting("SIGN_IN_WINDOW_MINUTES", "Length of that window.", _number, "15"),
    Setting("CONFIRM_MINUTES", "How long an answer to the question before weighty acts holds.", _minutes, "10"),
    Setting("REQUIRE_SECOND_FACTOR", "Admins, coordinators and moderators give a code at sign-in.", _flag, "yes", "no"),
    Setting("PANEL_NOW", "Outside production: the instant at which the clock starts.", _instant, ""),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """All settings of one process, typed. Made by `from_env`; tests build it with `for_test`."""

    panel_env: str
    database_url: str
    secret_key: str
    evidence_dir: Path
    base_url: str
    bind: str
    web_workers: int
    smtp_host: str
    smtp_port: int
    smtp_tls: str
    smtp_user: str
    smtp_password: str
    mail_from: str
    mail_reply_to: str
    trusted_proxies: tuple[str, ...]
    lease_seconds: int
    retry_seconds: int
    session_idle_minutes: int
    session_hours: int
    sign_in_limit_account: int
    sign_in_limit_address: int
    sign_in_limit_global: int
    sign_in_window_minutes: int
    confirm_minutes: int
    require_second_factor: bool
    panel_now: datetime | None

    @property
    def is_production(self) -> bool:
        return self.panel_env == "production"

    @property
    def is_demo(self) -> bool:
        return self.panel_env == "demo"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read the table from `env` (default: the process's). Raises SettingError with one line."""
        env = os.environ if env is None else env
        environment = env.get("PANEL_ENV", "production")
        if environment not in ENVIRONMENTS:
            raise SettingError(f"PANEL_ENV is {environment!r}: set it to one of {', '.join(ENVIRONMENTS)}.")
        values = {each.name.lower(): _value(each, env, environment) for each in TABLE}
        settings = cls(**values)
        refuse_weak(settings)
        return settings


def _value(setting: Setting, env: Mapping[str, str], environment: str) -> Any:
    text = env.get(setting.name)
    if text is None and setting.name == "SECRET_KEY" and environment != "production":
        text = _own_secret()
    if text is None:
        text = setting.default(environment)
    if text is None:
        raise SettingError(f"{setting.name} is not set: {setting.says}")
    try:
        return setting.read(text)
    except ValueError as error:
        raise SettingError(f"{setting.name} is {text!r}: {setting.says} ({error})") from None


def _own_secret() -> str:
    """A secret made once for this checkout, outside production only."""
    path = ROOT / "instance" / "secret_key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text()


def refuse_weak(settings: Settings) -> None:
    """Stop a start that would not be safe. Raises SettingError with what to set."""
    if settings.smtp_tls not in ("starttls", "tls", "none"):
        raise SettingError(f"SMTP_TLS is {settings.smtp_tls!r}: set it to starttls, tls or none.")
    host = urlsplit(settings.base_url).hostname
    if not settings.is_https and host not in LOOPBACK:
        raise SettingError("BASE_URL is plain http to another host: set it to an https address.")
    if settings.is_production:
        _refuse_weak_production(settings)


def _refuse_weak_production(settings: Settings) -> None:
    secret = settings.secret_key
    if len(secret) < 32 or len(set(secret)) < 10 or any(word in secret.lower() for word in EXAMPLE_SECRETS):
        raise SettingError("SECRET_KEY is short or an example: set it to at least 32 random characters.")
    if settings.smtp_tls == "none" and settings.smtp_host not in LOOPBACK:
        raise SettingError("SMTP_TLS is none for another host: set it to starttls or tls.")
    if settings.panel_now is not None:
        raise SettingError("PANEL_NOW is set in production: unset it.")
    folder = settings.evidence_dir
    if folder.exists() and folder.stat().st_mode & 0o077:
        raise SettingError(f"EVIDENCE_DIR can be read by others: run chmod 700 on {folder}.")
    if os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise SettingError("FLASK_DEBUG is on in production: unset it.")
