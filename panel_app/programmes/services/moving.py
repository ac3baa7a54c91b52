"""Moving published dates: with a reason, a row for each, and a message to all whom it concerns."""

from collections.abc import Iterable, Mapping

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.outbox.post import post, recipient_of
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.times import WallClockError, shown
from panel_app.foundation.words import N_
from panel_app.programmes import queries
from panel_app.programmes.happenings import DatesMoved
from panel_app.programmes.models import DateMove, Round
from panel_app.programmes.policy import RoundAct
from panel_app.programmes.rules import dates
from panel_app.programmes.rules.dates import TITLES, Moment, Which

NOTHING_MOVED = N_("No date is different. Change the one that shall move.")


def move_dates(actor: Actor, round_key: str, walls: Mapping[Which, str], reason: str) -> DatesMoved:
    """Move dates of a published round to wall-clock times in its zone; dates that are left out or the same stay.

    Writes to the people with a role in the round; other stages hear DatesMoved and write to theirs. Raises Refused
    for who may not, without a reason, when nothing differs, and for a move that a rule refuses (an earlier deadline
    for candidates, a date that has passed); Conflicted for dates out of order, with the field.
    """
    if not reason.strip():
        raise Refused(N_("Give a reason: it is sent to all whom the change concerns."), moment=True)
    with transaction() as db:
        row = locked(db, Round, key=round_key)
        must(can(actor, RoundAct.MOVE_DATES, round_key))
        assert row is not None
        moves = _moves(queries.round_by_id(row.id), walls)
        for which, (old, new) in moves.items():
            setattr(row, f"{which}_wall", new.wall)
            setattr(row, f"{which}_at", new.at)
            db.add(_kept(row.id, which, old, new, reason.strip(), actor))
        db.flush()
        happened = DatesMoved(
            round_id=row.id,
            zone=row.zone,
            moves={which.value: (old.wall, new.wall) for which, (old, new) in moves.items()},
            reason=reason.strip(),
        )
        record(happened, by=actor)
        tell_dates_moved(happened, [helper.person_id for helper in queries.helpers(row.id) if helper.roles])
        return happened


def _moves(round_: queries.RoundView, walls: Mapping[Which, str]) -> dict[Which, tuple[Moment, Moment]]:
    try:
        moves = dates.moved(round_.dates, dates.moments(walls, round_.zone))
    except WallClockError as error:
        raise Refused(str(error.sentence), moment=True) from error
    if not moves:
        raise Refused(NOTHING_MOVED, moment=True)
    for which, (old, new) in moves.items():
        if refusal := dates.refusal_of_move(which, old, new, clock.now()):
            raise Refused(str(refusal), moment=True)
    return moves


def _kept(round_id: int, which: Which, old: Moment, new: Moment, reason: str, actor: Actor) -> DateMove:
    return DateMove(
        round_id=round_id,
        which=which.value,
        from_wall=old.wall,
        to_wall=new.wall,
        reason=reason,
        author_id=actor.person_id,
        at=clock.now(),
    )


def tell_dates_moved(happened: DatesMoved, person_ids: Iterable[int], endpoint: str = "", **values: str) -> None:
    """Write to these people that dates of a round moved: before and after, in the round's zone and in theirs.

    For listeners of DatesMoved, inside the act; a person who has several parts in the round gets one message.
    `endpoint` and `values` name the page that the mail leads to; the round's own page when left out.
    """
    round_ = queries.round_by_id(happened.round_id)
    for person_id in person_ids:
        to = recipient_of(person_id)
        if to is None:
            continue
        moves = [
            (TITLES[Which(which)], *(_shown(wall, happened.zone, to.zone) for wall in before_and_after))
            for which, before_and_after in happened.moves.items()
        ]
        post(
            f"dates-moved:{round_.id}:{clock.now().isoformat()}:{person_id}",
            "programmes/dates-moved",
            person_id,
            round_id=round_.id,
            subject_key=round_.key,
            round_code=round_.code,
            round_title=round_.title,
            moves=moves,
            reason=happened.reason,
            endpoint=endpoint or "programmes.show",
            values=values or {"round_key": round_.key},
        )


def _shown(wall: str, zone: str, own_zone: str | None) -> str:
    found = shown(dates.moment(wall, zone).at, zone, own_zone, clock.now())
    return f"{found.text} = {found.own}" if found.own else found.text
