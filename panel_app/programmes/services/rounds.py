"""Making and editing rounds while they are drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.accounts.services import give_first_coordinator
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.times import WallClockError, zone_exists
from panel_app.foundation.words import N_, Sentence
from panel_app.programmes import queries
from panel_app.programmes.happenings import RoundEdited, RoundMade
from panel_app.programmes.models import Round, Rubric
from panel_app.programmes.policy import RoundAct, may_make_rounds
from panel_app.programmes.rules import dates, people
from panel_app.programmes.rules.codes import code_of
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.rules.states import ROUND, RubricState


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """A round as its maker means it. `walls`: wall-clock texts in `zone`.

    `promised` and `working` hold only what shall differ from the defaults; entries as in the policies' JSON.
    """

    code: str
    title: str
    rubric_key: str
    zone: str
    walls: Mapping[Which, str]
    promised: Mapping[str, object] = field(default_factory=dict)
    working: Mapping[str, object] = field(default_factory=dict)


def make_round(actor: Actor, plan: RoundPlan) -> queries.RoundView:
    """Make a draft round; its maker becomes its coordinator.

    Raises Refused for who may not, and for a plan that is not in order; Conflicted for a code that is taken and for
    dates out of order, each with its field.
    """
    must(may_make_rounds(actor))
    with transaction() as db:
        row = Round(state=ROUND.start, created_at=clock.now(), **_values(db, plan))
        db.add(row)
        db.flush()
        _check_policies(row.id)
        record(RoundMade(round_id=row.id, code=row.code), by=actor)
        if actor.person_id is not None:
            give_first_coordinator(actor, row.id)
        return queries.round_by_id(row.id)


def edit_round(actor: Actor, round_key: str, plan: RoundPlan) -> queries.RoundView:
    """Change a draft round. A plan that says what is there already changes nothing. Raises as `make_round` does."""
    with transaction() as db:
        row = locked(db, Round, key=round_key)
        must(can(actor, RoundAct.EDIT, round_key))
        assert row is not None
        values = _values(db, plan)
        before = queries.planned(row.id)
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        db.flush()
        _check_policies(row.id)
        if before == queries.planned(row.id):
            different.pop("draft_policy", None)
        if different:
            record(RoundEdited(round_id=row.id, changed=tuple(sorted(different))), by=actor)
        return queries.round_by_id(row.id)


def _values(db: Session, plan: RoundPlan) -> dict[str, Any]:
    """The columns that a plan fills."""
    code = code_of(plan.code)
    if code is None:
        raise Refused(
            N_("Use 2 to 20 capital letters, digits and hyphens for the code, such as CPAP-27A."), moment=True
        )
    if not zone_exists(plan.zone):
        raise Refused(N_("Choose a time zone from the list, such as Europe/Lisbon."), moment=True)
    moments = _moments(plan)
    return {
        "code": code,
        "title": plan.title.strip(),
        "rubric_id": _rubric_id(db, plan.rubric_key),
        "zone": plan.zone,
        "draft_policy": {"promised": dict(plan.promised), "working": dict(plan.working)},
        **{f"{which}_wall": found.wall for which, found in moments.items()},
        **{f"{which}_at": found.at for which, found in moments.items()},
    }


def _moments(plan: RoundPlan) -> dict[Which, dates.Moment]:
    try:
        return dates.moments({which: plan.walls[which] for which in Which}, plan.zone)
    except WallClockError as error:
        raise Refused(str(error.sentence), moment=True) from error


def _rubric_id(db: Session, key: str) -> int:
    found = db.scalar(select(Rubric.id).where(Rubric.key == key, Rubric.state == RubricState.PUBLISHED))
    if found is None:
        raise Refused(N_("Choose a published rubric from the list."), moment=True)
    return found


def _check_policies(round_id: int) -> None:
    """Refuse a plan whose policies can't be read: a part that the rubric lacks, a number out of bounds."""
    try:
        promise, _ = queries.planned(round_id)
    except ValueError as error:
        raise Refused(f"The policy is not in order: {error}. Correct it.", moment=True) from error
    if set(promise.assessors) != set(queries.parts_of(round_id)):
        raise Refused(N_("The policy names a part that the rubric does not have. Leave it out."), moment=True)


def is_open(round_: queries.RoundView, at: datetime) -> bool:
    """Whether the published round takes portfolios at this instant, grace included. A rule: nothing is read."""
    is_published = ROUND.acts_from(round_.state) and round_.state is not ROUND.start
    return bool(is_published) and dates.is_open(round_.opens_at, round_.closes_at, at, round_.grace_seconds)


def missing_people(round_: queries.RoundView) -> tuple[Sentence, ...]:
    """Who is missing to keep the round's duties apart, a sentence each; none when there are people enough.

    Three statements, four for a draft.
    """
    promise = queries.promise_or_plan(round_)
    return people.missing(queries.helpers(round_.id), promise.signers_needed, max(promise.assessors.values()))
