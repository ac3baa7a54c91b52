"""Demo accounts and production don't go together: the start stops with one line."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from panel_app import create_app
from panel_app.accounts.queries import actor_of
from panel_app.accounts.services import add_person
from panel_app.accounts.services.addresses import ask_for_address, change_address
from panel_app.config import SettingError, Settings
from panel_app.demo.contents import staff
from panel_app.demo.seeding.cast import PASSWORD
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import db
from tests.accounts.outbox import mails

ADMIN = staff()[0].person.email


def in_production(app: Flask) -> Settings:
    """Production's settings on this test's database."""
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    settings: Settings = app.config["SETTINGS"]
    return replace(settings, panel_env="production", database_url=url)


@pytest.mark.both_databases
def test_production_does_not_start_on_a_database_with_demo_accounts(app: Flask) -> None:
    add_person(SYSTEM, "Demo Admin", ADMIN.upper(), password=PASSWORD)
    add_person(SYSTEM, "Somebody", "somebody@institute.example")

    with pytest.raises(SettingError, match=r"^PANEL_ENV is production .* accounts of the demo \(1\), [^\n]+$"):
        create_app(in_production(app))


@pytest.mark.both_databases
def test_demo_account_is_known_by_an_address_that_it_had(app: Flask) -> None:
    person = actor_of(add_person(SYSTEM, "Demo Admin", ADMIN, password=PASSWORD))
    ask_for_address(person, "admin@institute.example", None)
    change_address(person, mails("admin@institute.example")[0].text.split("/new-address/")[1][:26], "")

    with pytest.raises(SettingError, match="accounts of the demo"):
        create_app(in_production(app))


@pytest.mark.both_databases
def test_production_starts_on_other_people_s_accounts(app: Flask) -> None:
    add_person(SYSTEM, "Somebody", "somebody@institute.example")

    assert create_app(in_production(app)).config["SETTINGS"].is_production


def test_production_starts_where_there_is_no_database_yet_and_where_it_is_down(app: Flask, tmp_path: Path) -> None:
    empty = replace(in_production(app), database_url=f"sqlite:///{tmp_path / 'none.db'}")
    down = replace(empty, database_url="postgresql+psycopg://panel@127.0.0.1:9/panel")

    assert [create_app(each).config["SETTINGS"].database_url for each in (empty, down)] == [
        empty.database_url,
        down.database_url,
    ]


def test_command_ends_with_the_line_and_code_1(app: Flask, tmp_path: Path) -> None:
    add_person(SYSTEM, "Demo Admin", ADMIN, password=PASSWORD)
    settings = in_production(app)
    env = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": "p7Qz2Lw9Xc4Vb6Nm1As3Df5Gh8Jk0TyU",
        "EVIDENCE_DIR": str(tmp_path / "evidence"),
        "BASE_URL": "https://panel.institute.example",
        "SMTP_HOST": "127.0.0.1",
        "MAIL_FROM": "panel <panel@institute.example>",
    }

    ended = subprocess.run(
        [sys.executable, "-m", "panel_app", "check"], env=env, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("PANEL_ENV is production and the database carries accounts of the demo (1)")
    assert ended.stderr.count("\n") == 1
