"""The scheduler lets SQLite look at its tables, so that it chooses indexes by what is in them."""

from flask import Flask
from sqlalchemy import text

from panel_app.demo.builders.programmes import the_programmes
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.recurring import RECURRING
from panel_app.foundation.jobs.statistics import count_anew


def test_sqlite_knows_how_its_tables_are_filled(app: Flask) -> None:
    the_programmes()

    count_anew()

    known = set(reading().scalars(text("SELECT tbl FROM sqlite_stat1")))
    assert {"criterion", "level", "domain"} <= known


def test_scheduler_wakes_it() -> None:
    assert "database.statistics" in [work.name for work in RECURRING]
