"""Settings: one table, told in the docs; a missing, wrong or weak one stops the start with one line."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from panel_app.config import ROOT, TABLE, SettingError, Settings

PRODUCTION = {
    "DATABASE_URL": "postgresql://db.example.org/panel",
    "SECRET_KEY": "p7Qz2Lw9Xc4Vb6Nm1As3Df5Gh8Jk0TyU",
    "EVIDENCE_DIR": "/nowhere/evidence",
    "BASE_URL": "https://panel.example.org/",
    "SMTP_HOST": "mail.example.org",
    "MAIL_FROM": "panel <panel@example.org>",
}


def read(**changes: str | None) -> Settings:
    env = {**PRODUCTION, **changes}
    return Settings.from_env({name: value for name, value in env.items() if value is not None})


def test_whole_production_environment_is_taken() -> None:
    settings = read()

    assert settings.is_production
    assert settings.is_https
    assert settings.base_url == "https://panel.example.org"
    assert settings.database_url == "postgresql+psycopg://db.example.org/panel"
    assert settings.trusted_proxies == ()


@pytest.mark.parametrize("name", PRODUCTION)
def test_missing_setting_stops_the_start_with_its_name(name: str) -> None:
    with pytest.raises(SettingError, match=f"^{name} is not set: [^\n]+$"):
        read(**{name: None})


WEAK = {
    "PANEL_ENV": "staging",
    "SECRET_KEY": "changeme-changeme-changeme-changeme",
    "BASE_URL": "http://panel.example.org",
    "SMTP_TLS": "none",
    "SMTP_PORT": "many",
    "RETRY_SECONDS": "-1",
    "PANEL_NOW": "2027-01-20T17:00:00+00:00",
}


@pytest.mark.parametrize("name", WEAK)
def test_wrong_or_weak_setting_stops_the_start_with_one_line(name: str) -> None:
    with pytest.raises(SettingError, match=f"^{name} [^\n]+$"):
        read(**{name: WEAK[name]})


def test_short_secret_is_refused() -> None:
    with pytest.raises(SettingError, match="at least 32 random characters"):
        read(SECRET_KEY="Ab1Cd2Ef3Gh4")


def test_evidence_folder_that_others_can_read_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    with pytest.raises(SettingError, match="chmod 700"):
        read(EVIDENCE_DIR=str(tmp_path))


def test_debugger_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(SettingError, match="FLASK_DEBUG"):
        read()


def test_clock_may_start_elsewhere_outside_production() -> None:
    env = {"PANEL_ENV": "test", "DATABASE_URL": "sqlite://", "PANEL_NOW": "2027-01-20T17:00:00+01:00"}

    settings = Settings.from_env(env)

    assert settings.panel_now is not None
    assert settings.panel_now.isoformat() == "2027-01-20T17:00:00+01:00"


def test_instant_without_offset_is_refused() -> None:
    with pytest.raises(SettingError, match="offset"):
        Settings.from_env({"PANEL_ENV": "test", "DATABASE_URL": "sqlite://", "PANEL_NOW": "2027-01-20T17:00:00"})


def test_table_and_settings_name_the_same() -> None:
    assert [each.name.lower() for each in TABLE] == [field.name for field in fields(Settings)]


def shown(default: str | None) -> str:
    """A default as the table in the docs prints it."""
    if default is None:
        return "must be set"
    return f"`{default}`" if default else "empty"


def test_docs_list_every_setting_with_its_defaults_and_no_other() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()

    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]*) \| ([^|]*) \|$", text, re.MULTILINE)

    assert [row[0] for row in rows] == [each.name for each in TABLE]
    for (_, says, production, _demo), each in zip(rows, TABLE, strict=True):
        assert says.strip() == each.says
        assert production.strip() == shown(each.production)
