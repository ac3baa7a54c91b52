"""Reads of a round's two policies."""

from datetime import datetime
from json import loads

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.programmes.models import Programme, Round, Rubric, RubricPart, WorkingVersion
from panel_app.programmes.queries.rounds import RoundView
from panel_app.programmes.rules.policies import (
    PromisedPolicy,
    RubricPin,
    WorkingPolicy,
    changed,
    default_promise,
    default_working,
)


def promised(round_id: int) -> PromisedPolicy:
    """What a published round promises, as it was frozen. Raises LookupError for a draft. One statement."""
    text = reading().scalar(select(Round.promise).where(Round.id == round_id))
    if text is None:
        raise LookupError("a draft promises nothing yet: ask planned()")
    return PromisedPolicy.read(loads(text))


def working(round_id: int, at: datetime) -> WorkingPolicy:
    """How a published round works at an instant: its latest version by then. Raises LookupError. One statement."""
    block = reading().scalar(
        select(WorkingVersion.policy)
        .where(WorkingVersion.round_id == round_id, WorkingVersion.effective_at <= at)
        .order_by(WorkingVersion.effective_at.desc(), WorkingVersion.version.desc())
        .limit(1)
    )
    if block is None:
        raise LookupError("no working policy holds yet in this round")
    return WorkingPolicy.read(block)


def planned(round_id: int) -> tuple[PromisedPolicy, WorkingPolicy]:
    """The policies that a draft would get if it were published now: its own changes on the defaults. Two statements."""
    row = (
        reading()
        .execute(
            select(Round.draft_policy, Programme.code, Rubric)
            .join(Rubric, Rubric.id == Round.rubric_id)
            .join(Programme, Programme.id == Rubric.programme_id)
            .where(Round.id == round_id)
        )
        .one()
    )
    draft, programme, rubric = row
    parts = reading().execute(
        select(RubricPart.code, RubricPart.assessors)
        .filter_by(rubric_id=rubric.id)
        .order_by(RubricPart.position, RubricPart.id)
    )
    pin = RubricPin(programme, rubric.version, rubric.digest)
    promise = default_promise(pin, {part.code: part.assessors for part in parts}, rubric.decision, rubric.discrepancy)
    return changed(promise, draft.get("promised", {})), changed(default_working(), draft.get("working", {}))


def promise_or_plan(round_: RoundView) -> PromisedPolicy:
    """What the round promises, or would promise if it were published now. One statement, two for a draft."""
    return promised(round_.id) if round_.promise_hash else planned(round_.id)[0]


def working_or_plan(round_: RoundView, at: datetime) -> WorkingPolicy:
    """How the round works, or would work if it were published now. One statement, two for a draft."""
    return working(round_.id, at) if round_.promise_hash else planned(round_.id)[1]


def parts_of(round_id: int) -> list[str]:
    """The codes of the parts of the round's rubric, in order. One statement."""
    query = select(RubricPart.code).join(Round, Round.rubric_id == RubricPart.rubric_id).where(Round.id == round_id)
    return list(reading().scalars(query.order_by(RubricPart.position, RubricPart.id)))


def chosen_assessors(round_id: int, part: str) -> int | None:
    """How many assessors a draft asks for in a part, or none when it leaves that to the rubric. One statement."""
    draft = reading().scalar(select(Round.draft_policy).where(Round.id == round_id)) or {}
    chosen = draft.get("promised", {}).get("assessors", {}).get(part)
    return int(chosen) if chosen is not None else None
