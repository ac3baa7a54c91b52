"""Mail to members about their assignments, and to coordinators about what needs them. Nothing of the candidate."""

from datetime import datetime
from typing import Any

from panel_app import clock
from panel_app.assignment import happenings
from panel_app.assignment.place_rules import ON_HOLD
from panel_app.assignment.queries.people import AboutWork, about_work, coordinators
from panel_app.assignment.rules import AssignmentAct, HoldCause
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.foundation.outbox.post import post, recipient_of
from panel_app.foundation.permissions import can
from panel_app.foundation.times import shown
from panel_app.portfolios.policy import PortfolioAct

ENDED_BY_OTHERS = frozenset({
    AssignmentAct.RECALL,
    AssignmentAct.REPLACE,
    AssignmentAct.CLOSE,
    AssignmentAct.EXPIRE,
})  # fmt: skip
"""Ends that the member did not bring about: they are told. Who declines knows it already."""


@on(happenings.AssignmentEnded)
def tell_ended(happened: happenings.AssignmentEnded, by: Actor) -> None:
    """Kindly: nothing more is needed."""
    if AssignmentAct(happened.act) in ENDED_BY_OTHERS:
        _tell("ended", happened, act=happened.act)


@on(happenings.WorkSuspended)
def tell_on_hold(happened: happenings.WorkSuspended, by: Actor) -> None:
    """The member reads one sentence for every cause; coordinators who may see the portfolio read what to decide.

    Of what an assessor reported they are told by the stage of scoring.
    """
    is_conflict = happened.cause == HoldCause.CONFLICT
    work = _tell("on_hold", happened, sentence=ON_HOLD)
    for person in coordinators(happened.round_id):
        if is_conflict and person.person_id and can(person, PortfolioAct.READ_CASE, work.portfolio_key):
            post(
                f"assignment:late-conflict:{work.key}:{clock.now().isoformat()}:{person.person_id}",
                "assignment/late_conflict",
                person.person_id,
                round_id=happened.round_id,
                subject_key=work.portfolio_key,
                work=work,
            )


@on(happenings.WorkResumed)
def tell_resumed(happened: happenings.WorkResumed, by: Actor) -> None:
    """The hold is over."""
    _tell("resumed", happened, act=happened.act)


@on(happenings.WorkReopened)
def tell_reopened(happened: happenings.WorkReopened, by: Actor) -> None:
    """Why the sheet is open again. The new due date stands on its page."""
    _tell("reopened", happened, reason=happened.reason)


@on(happenings.DueMoved)
def tell_due(happened: happenings.DueMoved, by: Actor) -> None:
    """A later due date, with the reason."""
    _tell("due_moved", happened, due_at=datetime.fromisoformat(happened.due_at), reason=happened.reason)


def _tell(kind: str, happened: happenings.AboutAssignment, due_at: datetime | None = None, **words: Any) -> AboutWork:
    work = about_work(happened.assignment_id)
    to = recipient_of(work.person_id)
    due = shown(due_at or work.due_at, work.zone, to.zone if to else None, clock.now())
    post(
        f"assignment:{kind}:{work.key}:{clock.now().isoformat()}",
        f"assignment/{kind}",
        work.person_id,
        round_id=happened.round_id,
        subject_key=work.key,
        work=work,
        due=due,
        **words,
    )
    return work
