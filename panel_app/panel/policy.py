"""Who may do what on a panel: coordinators look after its places, members after themselves."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import NOT_FOUND, Act, Rule, policy, rule
from panel_app.foundation.words import N_
from panel_app.panel.models import Declaration, Member, Seat
from panel_app.programmes.models import Round
from panel_app.programmes.policy import RoundFacts
from panel_app.programmes.policy import facts as round_facts
from panel_app.programmes.rules.states import RoundState


class PanelAct(Act):
    """Acts on a round's panel, on a place there, on a member, on a declaration: each by that thing's key."""

    LIST = "panel:list"
    INVITE = "panel:invite"
    CHANGE_SEAT = "panel:change-seat"
    CHOOSE_LEAD = "panel:choose-lead"
    CHANGE_MEMBER = "panel:change-member"
    DECLARE = "panel:declare"
    WITHDRAW_DECLARATION = "panel:withdraw-declaration"


@dataclass(frozen=True)
class MemberPolicyFacts:
    """A member, or a thing of theirs."""

    member_id: int


@dataclass(frozen=True)
class SeatPolicyFacts:
    """A place on a round's panel."""

    member_id: int
    round_id: int
    round_state: RoundState


def member_facts(key: str) -> MemberPolicyFacts | None:
    """Read the member with this key. One statement."""
    found = reading().scalar(select(Member.id).where(Member.key == key))
    return None if found is None else MemberPolicyFacts(found)


def declaration_facts(key: str) -> MemberPolicyFacts | None:
    """Read whose declaration this is. One statement."""
    found = reading().scalar(select(Declaration.member_id).where(Declaration.key == key))
    return None if found is None else MemberPolicyFacts(found)


def seat_facts(key: str) -> SeatPolicyFacts | None:
    """Read whose place this is, and in which round. One statement."""
    found = select(Seat.member_id, Seat.round_id, Round.state).join(Round, Round.id == Seat.round_id)
    row = reading().execute(found.where(Seat.key == key)).one_or_none()
    return SeatPolicyFacts(*row) if row else None


def _is_theirs(actor: Actor, member: MemberPolicyFacts) -> bool:
    return actor.is_system or actor.member_id == member.member_id


def _looks_after(actor: Actor, seat: SeatPolicyFacts) -> bool:
    return actor.member_id == seat.member_id or actor.runs(seat.round_id)


ENDED = N_("The round has ended: its panel can't be changed any more.")
coordinates: Rule[RoundFacts] = rule(lambda actor, facts: actor.runs(facts.id), NOT_FOUND)
round_goes_on: Rule[RoundFacts] = rule(lambda actor, facts: facts.state is not RoundState.ENDED, ENDED, moment=True)
theirs = rule(_is_theirs, NOT_FOUND)
looks_after = rule(_looks_after, NOT_FOUND)
coordinates_seat: Rule[SeatPolicyFacts] = rule(lambda actor, facts: actor.runs(facts.round_id), NOT_FOUND)
seat_goes_on: Rule[SeatPolicyFacts] = rule(
    lambda actor, facts: facts.round_state is not RoundState.ENDED, ENDED, moment=True
)


policy(round_facts, {PanelAct.LIST: coordinates, PanelAct.INVITE: coordinates & round_goes_on})
policy(
    seat_facts,
    {PanelAct.CHANGE_SEAT: looks_after & seat_goes_on, PanelAct.CHOOSE_LEAD: coordinates_seat & seat_goes_on},
)
policy(member_facts, {PanelAct.CHANGE_MEMBER: theirs, PanelAct.DECLARE: theirs})
policy(declaration_facts, {PanelAct.WITHDRAW_DECLARATION: theirs})
