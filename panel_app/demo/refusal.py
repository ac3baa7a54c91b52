"""No start in production on a database that carries the demo's people: everybody can read their password."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from panel_app.accounts.queries import EVERY_ADDRESS
from panel_app.accounts.rules import normalised
from panel_app.config import SettingError
from panel_app.demo.seeding.cast import players
from panel_app.foundation.database import db, reading

CARRIES = (
    "PANEL_ENV is production and the database carries accounts of the demo (%d), whose password is known: set "
    "DATABASE_URL to another, empty database and run `panel init`."
)


def refuse_demo_accounts(app: Flask) -> None:
    """Raise SettingError when the database carries demo accounts, under their first address or a later one.

    A database that can't be reached, or has no tables yet, carries none that could sign in.
    """
    with app.app_context():
        try:
            found = demo_accounts()
        except (OperationalError, ProgrammingError):
            found = 0
        finally:
            db.session.remove()
            db.engine.dispose()  # a connection must not be shared with the workers that are forked from here
    if found:
        raise SettingError(CARRIES % found)


def demo_accounts() -> int:
    """How many people of the demo's cast have an account here. One statement."""
    cast = [normalised(player.person.email) for player in players()]
    address = EVERY_ADDRESS.c
    theirs = select(func.count(address.person_id.distinct())).where(func.lower(address.typed).in_(cast))
    return reading().scalar(theirs) or 0
