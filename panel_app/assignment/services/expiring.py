"""Offers that nobody answered: found by comparison, ended one by one, each with its next best."""

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AssignmentAct, AssignmentState
from panel_app.assignment.services.moving import holding, move
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import reading


def expire_offers() -> int:
    """End the offers whose last instant to answer has passed; gives how many. Each is an act of its own."""
    late = select(Assignment.key).where(Assignment.state == AssignmentState.OFFERED, Assignment.answer_by < clock.now())
    session = reading()
    keys = session.scalars(late.order_by(Assignment.answer_by, Assignment.id)).all()
    session.rollback()
    return sum(_expire(key) for key in keys)


def _expire(key: str) -> bool:
    with holding(key) as held:
        still = held.assignment.state is AssignmentState.OFFERED and held.assignment.answer_by < clock.now()
        if still:
            move(held.db, held.assignment, AssignmentAct.EXPIRE, by=SYSTEM)
        return still
