"""The bare view that a save is measured against: `gunicorn bench.bare:app`, one UPDATE in one transaction."""

import os
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import bindparam, create_engine, select, update

from panel_app.assignment.models import Assignment
from panel_app.foundation import schema
from panel_app.scoring.models import ScoreSheet

schema.metadata()
app = Flask("bare")
engine = create_engine(os.environ["DATABASE_URL"])  # with the product's pragmas: it listens to every engine
OF_KEY = select(Assignment.id).where(Assignment.key == bindparam("of_key")).scalar_subquery()
SAVE = update(ScoreSheet).where(ScoreSheet.assignment_id == OF_KEY).values(saved_at=bindparam("at"))


@app.patch("/reviews/<key>/sheet")
def save(key: str) -> tuple[str, int]:
    """One UPDATE of the sheet of that key."""
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        connection.execute(SAVE, {"of_key": key, "at": datetime.now(UTC)})
        connection.commit()
    return "{}", 200
