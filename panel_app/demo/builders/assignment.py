"""Assignments in any state, brought there through the services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.panel import AMember
from panel_app.demo.builders.portfolios import APortfolio
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import reading

S = AssignmentState


@dataclass(frozen=True)
class AnAssignment:
    """An assignment as it was built; `actor` is its member."""

    id: int
    key: str
    assessment_id: int
    actor: Actor


def an_assignment(
    portfolio: APortfolio,
    member: AMember,
    *,
    state: AssignmentState | str = S.ACCEPTED,
    role: AssignmentRole = AssignmentRole.ASSESSOR,
    by: Actor = SYSTEM,
    reason: str = "I have too little time this month.",
) -> AnAssignment:
    """The member on the admitted portfolio's first assessment. What ends may ask the next best, as in real life.

    `submitted` marks the place only: a whole sheet comes from scoring's builder. Not `suspended`: that takes a late
    declaration, which calls for a test of its own.
    """
    key = services.offer(by, portfolio.assessment_key, member.key, role=role)
    for step in _WAY[AssignmentState(state)]:
        step(key, member.actor, reason)
    row = reading().execute(select(Assignment.id, Assignment.assessment_id).filter_by(key=key)).one()
    return AnAssignment(row.id, key, row.assessment_id, member.actor)


Step = Callable[[str, Actor, str], object]


def _accept(key: str, actor: Actor, reason: str) -> None:
    services.accept_offer(actor, key)


def _start(key: str, actor: Actor, reason: str) -> None:
    services.start(actor, key)


def _submit(key: str, actor: Actor, reason: str) -> None:
    services.mark_submitted(actor, key)


def _defer(key: str, actor: Actor, reason: str) -> None:
    services.defer_offer(actor, key, (clock.now() + timedelta(days=30)).date(), reason)


def _expire(key: str, actor: Actor, reason: str) -> None:
    answer_by = reading().execute(select(Assignment.answer_by).filter_by(key=key)).scalar_one()
    with clock.pinned(answer_by + timedelta(seconds=1)):
        services.expire_offers()


def _close(key: str, actor: Actor, reason: str) -> None:
    found = reading().execute(select(Assignment.assessment_id).filter_by(key=key)).scalar_one()
    services.close_unneeded(found)


_WAY: dict[AssignmentState, tuple[Step, ...]] = {
    S.OFFERED: (),
    S.ACCEPTED: (_accept,),
    S.SCORING: (_accept, _start),
    S.SUBMITTED: (_accept, _start, _submit),
    S.REOPENED: (_accept, _start, _submit, lambda key, _, reason: services.reopen(SYSTEM, key, reason)),
    S.DECLINED: (lambda key, actor, reason: services.decline_offer(actor, key, reason),),
    S.DEFERRED: (_defer,),
    S.RECALLED: (lambda key, _, reason: services.recall(SYSTEM, key, reason),),
    S.RECUSED: (_accept, lambda key, actor, reason: services.recuse(actor, key, reason)),
    S.EXPIRED: (_expire,),
    S.REPLACED: (_accept, lambda key, _, reason: services.replace(SYSTEM, key, reason)),
    S.CLOSED: (_close,),
}
