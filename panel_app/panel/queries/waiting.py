"""Reads of who has not said yet whether there is anything to declare."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from panel_app.foundation.database import reading
from panel_app.panel.models import Member, Seat
from panel_app.programmes.models import Round
from panel_app.programmes.rules.states import RoundState


@dataclass(frozen=True)
class Unchecked:
    """A round in which members have not checked their interests: how many, and when portfolios are offered at last."""

    round_key: str
    round_code: str
    closes_at: datetime
    zone: str
    members: int


def _not_checked() -> ColumnElement[bool]:
    return or_(Member.interests_checked_at.is_(None), Member.interests_checked_at < Seat.seated_at)


def unchecked_of(member_id: int) -> list[Unchecked]:
    """The rounds for which this member's word is still missing, the earliest close first. One statement."""
    return _rounds(Member.id == member_id)


def unchecked_in(round_ids: frozenset[int]) -> list[Unchecked]:
    """The rounds among these in which members' words are missing, the earliest close first. One statement."""
    return _rounds(Seat.round_id.in_(round_ids))


def _rounds(which: ColumnElement[bool]) -> list[Unchecked]:
    rows = reading().execute(
        select(Round.key, Round.code, Round.closes_at, Round.zone, func.count())
        .join(Seat, Seat.round_id == Round.id)
        .join(Member, Member.id == Seat.member_id)
        .where(which, _not_checked(), Round.state == RoundState.PUBLISHED)
        .group_by(Round.id, Round.key, Round.code, Round.closes_at, Round.zone)
        .order_by(Round.closes_at, Round.id)
    )
    return [Unchecked(*row) for row in rows]
