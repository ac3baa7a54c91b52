"""Reads of the dates that moved."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.foundation.database import reading
from panel_app.programmes.models import DateMove
from panel_app.programmes.rules.dates import Which


@dataclass(frozen=True)
class MoveRow:
    """One date that moved. `author` is empty where the system moved it."""

    which: Which
    from_wall: str
    to_wall: str
    reason: str
    author: str
    at: datetime


def date_moves(round_id: int) -> list[MoveRow]:
    """The moves of a round's dates, the latest first; 100 at most. One statement."""
    rows = reading().execute(
        select(DateMove, Person.name)
        .outerjoin(Person, Person.id == DateMove.author_id)
        .where(DateMove.round_id == round_id)
        .order_by(DateMove.at.desc(), DateMove.id.desc())
        .limit(100)
    )
    return [
        MoveRow(Which(move.which), move.from_wall, move.to_wall, move.reason, name or "", move.at)
        for move, name in rows
    ]
