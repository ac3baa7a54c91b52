"""What people do with a case: the moderator answers it, a signer sends it back; it closes by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import Conflicted, locked, transaction
from panel_app.foundation.happenings import on, record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.words import N_
from panel_app.moderation.happenings import LevelSet
from panel_app.moderation.models import ModerationCase, ModeratorLevel
from panel_app.moderation.policy import ModerationAct
from panel_app.moderation.queries.cases import shown_now
from panel_app.moderation.queries.facts import case_standing
from panel_app.moderation.rules import UNANSWERED_STATES, CaseAct, CaseState
from panel_app.moderation.services.moving import (
    Found,
    case_not_closed,
    hold,
    keep_reasons,
    move_case,
    open_case,
    tell_decidable,
)
from panel_app.portfolios.happenings import AssessmentStatusChanged
from panel_app.portfolios.models import Assessment, AssessmentStatus
from panel_app.programmes.models import Criterion, Level

SENT_BACK = "sent_back"
"""Stands where the name of a trigger stands: a signer asked for another look."""
NO_SUCH_LEVEL = N_("There is no such level here. Choose one of those on the page.")
LEVEL_NEEDS_REASON = N_("Say why you set this level: whoever signs off reads it.")
CASE_CHANGED = N_(
    "This case has changed since you opened the page. It stands here as it is now, with what you typed: "
    "read what is new, then answer."
)
ENDED_WITHOUT = N_("The assessment ended without an outcome.")


@dataclass(frozen=True)
class ChosenLevel:
    """A level that the moderator sets, in points, and why."""

    points: int
    reason: str


def answer_case(actor: Actor, key: str, shown: str, answer: str, levels: Mapping[str, ChosenLevel]) -> None:
    """Answer a case: an overall answer with its reason, and levels by criterion where the moderator sets one.

    `shown`: the digest of what the moderator read; a sheet, a reason or a level that came since is read first.

    Levels of an earlier answer of this case are replaced and stay in the record; score sheets never change. The
    assessment is then decidable. Raises Refused, NotFromHere, ReasonMissing, and Conflicted for a wrong level.
    """
    with transaction() as db:
        facts = case_standing(key)
        if facts is None:
            raise Refused(NOT_FOUND)
        place, case = hold(db, facts.assessment_id), locked(db, ModerationCase, key=key)
        must(can(actor, ModerationAct.ANSWER, key))
        if shown != shown_now(key):
            raise Refused(CASE_CHANGED, moment=True)
        assert case is not None  # `can` has refused what isn't there
        _set_levels(db, case, levels, by=actor)
        move_case(db, case, CaseAct.ANSWER, place, by=actor, reason=answer)
        tell_decidable(place, by=actor)


def _set_levels(db: Session, case: ModerationCase, levels: Mapping[str, ChosenLevel], *, by: Actor) -> None:
    held = select(ModeratorLevel).filter_by(case_id=case.id, replaced_at=None)
    for earlier in db.scalars(held.order_by(ModeratorLevel.id)).all():
        earlier.replaced_at = clock.now()
    db.flush()
    known = _levels(db, case)
    for code, chosen in levels.items():
        if (code, chosen.points) not in known:
            raise Conflicted(None, NO_SUCH_LEVEL)
        if not chosen.reason.strip():
            raise Conflicted(None, LEVEL_NEEDS_REASON)
        criterion_id, level_id = known[code, chosen.points]
        _set(db, case, criterion_id, level_id, chosen.reason.strip(), by=by)


def _levels(db: Session, case: ModerationCase) -> dict[tuple[str, int], tuple[int, int]]:
    """Code and points → ids of criterion and level, of the criteria of the case's part."""
    from_part = (
        select(Criterion.code, Level.points, Criterion.id, Level.id)
        .join(Level, Level.criterion_id == Criterion.id)
        .join(Assessment, Assessment.part_id == Criterion.part_id)
        .where(Assessment.id == case.assessment_id)
    )
    return {(code, points): (criterion_id, level_id) for code, points, criterion_id, level_id in db.execute(from_part)}


def _set(db: Session, case: ModerationCase, criterion_id: int, level_id: int, reason: str, *, by: Actor) -> None:
    assert by.person_id is not None
    db.add(
        ModeratorLevel(
            case_id=case.id,
            criterion_id=criterion_id,
            level_id=level_id,
            reason=reason,
            set_by_id=by.person_id,
            set_at=clock.now(),
        )
    )
    db.flush()
    record(
        LevelSet(
            case_id=case.id,
            assessment_id=case.assessment_id,
            criterion_id=criterion_id,
            level_id=level_id,
            reason=reason,
        ),
        by=by,
    )


def look_again(assessment_id: int, reason: str, code: str, *, by: Actor) -> None:
    """Give an assessment back to the moderator, with a reason: its answered case opens again, or a new one opens.

    For a later stage that sends a proposal back; it has checked who may. `code` tells this reason from others.
    """
    with transaction() as db:
        place, case = hold(db, assessment_id), case_not_closed(db, assessment_id)
        found = Found(SENT_BACK, code, reason.strip())
        if case is None:
            case = open_case(db, place, [found], by=by)
            move_case(db, case, CaseAct.ASK_MODERATOR, place, by=by, reason=reason)
            return
        keep_reasons(db, case, [found])
        if case.state is CaseState.ANSWERED:
            move_case(db, case, CaseAct.REOPEN, place, by=by, reason=reason)


@on(AssessmentStatusChanged)
def close_with_assessment(happened: AssessmentStatusChanged, by: Actor) -> None:
    """An outcome that is released closes its case; an assessment that ended without one clears it."""
    if happened.status not in (AssessmentStatus.RELEASED.value, AssessmentStatus.ENDED.value):
        return
    with transaction() as db:
        place, case = hold(db, happened.assessment_id), case_not_closed(db, happened.assessment_id)
        if case is None:
            return
        if case.state in UNANSWERED_STATES:
            move_case(db, case, CaseAct.CLEAR, place, by=SYSTEM, reason=happened.reason or ENDED_WITHOUT)
        else:
            move_case(db, case, CaseAct.CLOSE, place, by=SYSTEM)
