"""Logs hold identifiers, never rows, forms or words."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from panel_app.foundation.database import transaction
from panel_app.foundation.logs import RichObject, only_kinds, refuse_rich
from panel_app.reminders.rules.hours import on_day


def test_scalars_pass() -> None:
    line = {"event": "offer_accepted", "assignment_id": 7, "late": False, "share": 0.5, "round": None}

    assert refuse_rich(None, "info", dict(line)) == line


@pytest.mark.parametrize("rich", [object(), {"name": "x"}, ["x"], ("x",)])
def test_anything_richer_is_refused(rich: object) -> None:
    with pytest.raises(RichObject, match="field 'who'"):
        refuse_rich(None, "info", {"event": "x", "who": rich})


def test_error_keeps_kind_and_place_but_loses_its_words() -> None:
    try:
        raise ValueError("the words of someone@example.org")
    except ValueError as error:
        line = only_kinds(None, "error", {"event": "crashed", "exc_info": error})

    assert line["error"] == "ValueError"
    assert str(line["at"]).startswith("test_logs.py:")
    assert "someone" not in str(line)


@pytest.mark.both_databases
def test_error_of_the_database_keeps_its_code_but_no_value(app: Flask) -> None:
    with pytest.raises(DBAPIError) as raised, transaction() as db:
        db.execute(text("SELECT name FROM nowhere WHERE name = :name"), {"name": "Someone"})

    line = only_kinds(None, "error", {"event": "crashed", "exc_info": raised.value})

    assert line["code"] in ("SQLITE_ERROR", "42P01")
    assert "Someone" not in str(line)


def test_error_inside_a_library_is_placed_by_our_own_line() -> None:
    with pytest.raises(ZoneInfoNotFoundError) as raised:
        on_day(date(2027, 1, 4), time(9), "No/Where")

    line = only_kinds(None, "error", {"event": "crashed", "exc_info": raised.value})

    assert str(line["at"]).startswith("hours.py:")


def test_error_of_the_system_keeps_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / "nobody.txt").read_text()

    line = only_kinds(None, "error", {"event": "crashed", "exc_info": raised.value})

    assert line["code"] == "ENOENT"
    assert "nobody" not in str(line)
