"""Places on a round's panel: inviting, capacity, days away, lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.accounts.services import invite_person
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.outbox.post import post
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.web.links import link
from panel_app.panel.happenings import MemberSeated, SeatChanged
from panel_app.panel.models import Member, Seat
from panel_app.panel.policy import PanelAct
from panel_app.panel.queries.places import load_of
from panel_app.panel.rules import capacity_refusal
from panel_app.programmes.queries import RoundView, known_round


@dataclass(frozen=True)
class Invited:
    """A member who was given a place. `is_new`: the address had no account before."""

    member_id: int
    key: str
    person_id: int
    seat_key: str
    is_new: bool


def invite_member(
    actor: Actor,
    round_key: str,
    email: str,
    *,
    name: str = "",
    credential: str = "",
    organisation: str = "",
    domains: Sequence[str] = (),
    capacity: int = 0,
) -> Invited:
    """Give the person of an address a place on a round's panel; an unknown address becomes a person at once.

    Credential, organisation and domains fill what the member has not said of themself. Raises Refused, and Conflicted
    for a second place on the same panel.
    """
    with transaction() as db:
        must(can(actor, PanelAct.INVITE, round_key))
        round_ = known_round(round_key)
        refuse_capacity(capacity, 0)
        person = invite_person(actor, email, name)
        member = _member_of(db, person.person_id)
        member.credential = member.credential or credential.strip()
        member.organisation = member.organisation or organisation.strip()
        member.domains = member.domains or sorted(set(domains))
        seat = _seat(db, member, round_, capacity)
        record(MemberSeated(member_id=member.id, round_id=round_.id, capacity=capacity), by=actor)
        if person.link is None:
            _tell(seat, person.person_id, round_)
        return Invited(member.id, member.key, person.person_id, seat.key, person.is_new)


def _member_of(db: Session, person_id: int) -> Member:
    known = db.scalars(select(Member).filter_by(person_id=person_id)).one_or_none()
    if known is not None:
        return known
    member = Member(key=new_key(), person_id=person_id, aliases="", domains=[], created_at=clock.now())
    member.credential = member.organisation = ""
    db.add(member)
    db.flush()
    return member


def _seat(db: Session, member: Member, round_: RoundView, capacity: int) -> Seat:
    seat = Seat(
        key=new_key(),
        round_id=round_.id,
        member_id=member.id,
        capacity=capacity,
        is_lead=False,
        seated_at=clock.now(),
    )
    db.add(seat)
    db.flush()
    return seat


def _tell(seat: Seat, person_id: int, round_: RoundView) -> None:
    post(
        f"panel:seated:{seat.key}",
        "panel/seated",
        person_id,
        round_id=round_.id,
        code=round_.code,
        title=round_.title,
        href=link("panel.profile"),
    )


def change_seat(
    actor: Actor, seat_key: str, *, capacity: int, away_from: date | None = None, away_until: date | None = None
) -> None:
    """Set how many portfolios a member takes in a round, and the days away (both or none).

    Raises Refused below what the member has already, Conflicted for days in the wrong order.
    """
    with transaction() as db:
        seat = _own(db, actor, PanelAct.CHANGE_SEAT, seat_key)
        if capacity != seat.capacity:
            refuse_capacity(capacity, load_of(seat.member_id, seat.round_id))
        seat.capacity, seat.away_from, seat.away_until = capacity, away_from, away_until
        _changed(actor, seat)


def choose_lead(actor: Actor, seat_key: str, *, is_lead: bool) -> None:
    """Make a member a lead of a round's panel, or no longer. Raises Refused."""
    with transaction() as db:
        seat = _own(db, actor, PanelAct.CHOOSE_LEAD, seat_key)
        if seat.is_lead is not is_lead:
            seat.is_lead = is_lead
            _changed(actor, seat)


def change_place(
    actor: Actor,
    seat_key: str,
    *,
    capacity: int,
    away_from: date | None = None,
    away_until: date | None = None,
    is_lead: bool,
) -> None:
    """Change a place as a coordinator does: capacity, days away and lead in one act. Raises as the two do."""
    with transaction():
        change_seat(actor, seat_key, capacity=capacity, away_from=away_from, away_until=away_until)
        choose_lead(actor, seat_key, is_lead=is_lead)


def refuse_capacity(capacity: int, load: int) -> None:
    """Raise Refused where a capacity can't be set."""
    if (no := capacity_refusal(capacity, load)) is not None:
        raise Refused(str(no), moment=True)


def _own(db: Session, actor: Actor, act: PanelAct, key: str) -> Seat:
    seat = locked(db, Seat, key=key)
    must(can(actor, act, key))
    assert seat is not None  # `can` has refused what isn't there
    return seat


def _changed(actor: Actor, seat: Seat) -> None:
    with transaction() as db:
        db.flush()
        what = SeatChanged(
            member_id=seat.member_id, round_id=seat.round_id, capacity=seat.capacity, is_lead=seat.is_lead
        )
        record(what, by=actor)
