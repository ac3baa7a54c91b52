"""What a member does with an offer, and the way out of later work: accept, decline, not now, recuse."""

from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext

from panel_app import clock
from panel_app.assignment.place_rules import HOW_IT_ENDED, TAKEN_STATES
from panel_app.assignment.policy import PlaceAct
from panel_app.assignment.rules import AssignmentAct, AssignmentState
from panel_app.assignment.services.filling import settle
from panel_app.assignment.services.independence import examine_first, must_be_independent
from panel_app.assignment.services.moving import Held, holding, move
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.times import clock_text
from panel_app.foundation.words import N_

DAY_PASSED = N_("Enter a day after today.")
TOO_LATE = N_("The time to answer ended %(time)s, so nothing more is needed from you. Thank you for looking.")


def accept_offer(actor: Actor, key: str) -> None:
    """Take an offer; twice is as once. Raises Refused when it is too late or taken, or a conflict appeared since."""
    examine_first(actor, PlaceAct.ANSWER, key)
    with holding(key) as held:
        must(can(actor, PlaceAct.ANSWER, key))
        must_be_independent(held.facts.member_id, held.facts.portfolio_id)
        if held.assignment.state in TAKEN_STATES:
            return
        _must_be_open(held)
        move(held.db, held.assignment, AssignmentAct.ACCEPT, by=actor)
        settle(held.db, held.facts.assessment_id)


def decline_offer(actor: Actor, key: str, reason: str) -> None:
    """Decline an offer, or give back one that was accepted and not begun, with a reason. The next best is asked."""
    with holding(key) as held:
        must(can(actor, PlaceAct.ANSWER, key))
        move(held.db, held.assignment, AssignmentAct.DECLINE, by=actor, reason=reason)


def defer_offer(actor: Actor, key: str, until: date, reason: str = "") -> None:
    """Not now, but perhaps after a day. Raises Conflicted for a day that has passed. The next best is asked."""
    with holding(key) as held:
        must(can(actor, PlaceAct.ANSWER, key))
        if until <= clock.now().astimezone(ZoneInfo(held.facts.zone)).date():
            raise Conflicted("until", DAY_PASSED)
        held.assignment.deferred_until = until
        move(held.db, held.assignment, AssignmentAct.DEFER, by=actor, reason=reason)


def recuse(actor: Actor, key: str, reason: str) -> None:
    """Leave a portfolio with a reason ("I know who this is"), at any time before the sheet is submitted."""
    with holding(key) as held:
        must(can(actor, PlaceAct.RECUSE, key))
        move(held.db, held.assignment, AssignmentAct.RECUSE, by=actor, reason=reason)


def _must_be_open(held: Held) -> None:
    """Raise Refused, in the member's words, where the offer has ended or its last instant has passed."""
    if held.assignment.state in HOW_IT_ENDED:
        raise Refused(HOW_IT_ENDED[held.assignment.state], moment=True)
    if held.assignment.state is AssignmentState.OFFERED and clock.now() > held.assignment.answer_by:
        time = clock_text(held.assignment.answer_by, held.facts.zone)
        raise Refused(gettext(TOO_LATE, time=time), moment=True)
