"""Reads of rounds: frozen rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from json import loads

from sqlalchemy import Row, Select, func, select

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.programmes.models import Programme, Round, Rubric
from panel_app.programmes.rules.dates import Moment, Which
from panel_app.programmes.rules.states import RoundState


@dataclass(frozen=True)
class RoundView:
    """A round: its dates as wall-clock texts in `zone` and as instants. `grace_seconds` is 0 until it is published."""

    id: int
    key: str
    code: str
    title: str
    state: RoundState
    programme: str
    programme_name: str
    rubric_id: int
    rubric_key: str
    rubric_version: str
    zone: str
    opens_wall: str
    closes_wall: str
    scoring_due_wall: str
    release_wall: str
    opens_at: datetime
    closes_at: datetime
    scoring_due_at: datetime
    release_at: datetime
    grace_seconds: int
    promise_hash: str | None

    @property
    def dates(self) -> Mapping[Which, Moment]:
        """The four dates by name."""
        return {
            Which.OPENS: Moment(self.opens_wall, self.opens_at),
            Which.CLOSES: Moment(self.closes_wall, self.closes_at),
            Which.SCORING_DUE: Moment(self.scoring_due_wall, self.scoring_due_at),
            Which.RELEASE: Moment(self.release_wall, self.release_at),
        }


def _rounds() -> Select[Round, str, str, str, str]:
    return (
        select(Round, Programme.code, Programme.name, Rubric.key, Rubric.version)
        .join(Rubric, Rubric.id == Round.rubric_id)
        .join(Programme, Programme.id == Rubric.programme_id)
        .execution_options(populate_existing=True)
    )


def _round_view(row: Row[Round, str, str, str, str]) -> RoundView:
    found, programme, programme_name, rubric_key, rubric_version = row
    grace = loads(found.promise)["grace_seconds"] if found.promise else 0
    return RoundView(
        id=found.id,
        key=found.key,
        code=found.code,
        title=found.title,
        state=found.state,
        programme=programme,
        programme_name=programme_name,
        rubric_id=found.rubric_id,
        rubric_key=rubric_key,
        rubric_version=rubric_version,
        zone=found.zone,
        opens_wall=found.opens_wall,
        closes_wall=found.closes_wall,
        scoring_due_wall=found.scoring_due_wall,
        release_wall=found.release_wall,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        scoring_due_at=found.scoring_due_at,
        release_at=found.release_at,
        grace_seconds=grace,
        promise_hash=found.promise_hash,
    )


def round_by_key(key: str) -> RoundView | None:
    """The round with this public key. One statement."""
    row = reading().execute(_rounds().where(Round.key == key)).one_or_none()
    return _round_view(row) if row else None


def known_round(key: str) -> RoundView:
    """The round with this public key. Raises Refused where there is none, which answers 404. One statement."""
    found = round_by_key(key)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def round_by_id(round_id: int) -> RoundView:
    """The round with this id. Raises NoResultFound. One statement."""
    return _round_view(reading().execute(_rounds().where(Round.id == round_id)).one())


def round_by_code(code: str) -> RoundView | None:
    """The round with this code, as typed in any case. One statement."""
    row = reading().execute(_rounds().where(Round.code == code.strip().upper())).one_or_none()
    return _round_view(row) if row else None


def rounds_of(actor: Actor, offset: int = 0, limit: int = 50) -> list[RoundView]:
    """The rounds in which the actor has a role (an admin and the system: all), latest close first. One statement."""
    query = _visible(actor).order_by(Round.closes_at.desc(), Round.id.desc()).offset(offset).limit(limit)
    return [_round_view(row) for row in reading().execute(query)]


def _visible(actor: Actor) -> Select[Round, str, str, str, str]:
    if actor.is_system or actor.holds(Role.ADMIN):
        return _rounds()
    return _rounds().where(Round.id.in_({grant.round_id for grant in actor.grants if grant.round_id is not None}))


def open_rounds(now: datetime, programme: str | None = None) -> list[RoundView]:
    """Published rounds that take portfolios now or will do so, the earliest close first; 50 at most. One statement."""
    query = _rounds().where(Round.state == RoundState.PUBLISHED, Round.closes_at >= now)
    if programme is not None:
        query = query.where(Programme.code == programme)
    return [_round_view(row) for row in reading().execute(query.order_by(Round.closes_at, Round.id).limit(50))]


@dataclass(frozen=True)
class RoundName:
    """What a round is called."""

    id: int
    key: str
    code: str
    title: str


def names_of_rounds(actor: Actor, first: str, limit: int) -> list[RoundName]:
    """As `rounds_of`, names alone; the round with the key `first` is on top where the actor has it. One statement."""
    query = _visible(actor).with_only_columns(Round.id, Round.key, Round.code, Round.title)
    query = query.order_by((Round.key == first).desc(), Round.closes_at.desc(), Round.id.desc()).limit(limit)
    return [RoundName(*row) for row in reading().execute(query)]


def count_rounds(actor: Actor) -> int:
    """How many rounds `rounds_of` has for the actor. One statement."""
    return reading().scalar(select(func.count()).select_from(_visible(actor).subquery())) or 0
