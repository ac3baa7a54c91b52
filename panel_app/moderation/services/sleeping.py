"""What triggers find while a sheet can be taken back sleeps: nobody learns of it, and a sheet taken back ends it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.models import Assignment
from panel_app.foundation.database import locked
from panel_app.foundation.jobs.queue import enqueue
from panel_app.moderation.models import SleepingCase
from panel_app.moderation.services.moving import Found, Place
from panel_app.scoring.models import ScoreSheet, SubmittedVersion

WAKE = "moderation.wake"


def put_to_sleep(db: Session, place: Place, found: Iterable[Found]) -> None:
    """Keep what was found until the last grace ends, and look again then; nothing found is looked at again as well.

    The caller holds the assessment.
    """
    end_sleep(db, place.assessment_id)
    wakes_at = _last_grace(db, place.assessment_id)
    assert wakes_at is not None  # a sheet that can be taken back still says until when
    if reasons := [asdict(each) for each in found]:
        asleep = {"found_at": clock.now(), "wakes_at": wakes_at, "reasons": reasons}
        db.add(SleepingCase(assessment_id=place.assessment_id, **asleep))
        db.flush()
    occasion = f"{WAKE}:{place.assessment_id}:{wakes_at.isoformat()}"
    enqueue(WAKE, occasion, {"assessment_id": place.assessment_id}, run_at=wakes_at)


def end_sleep(db: Session, assessment_id: int) -> SleepingCase | None:
    """End what sleeps of an assessment, where anything does; it becomes no case unless the caller says which."""
    found = db.scalar(select(SleepingCase.id).filter_by(assessment_id=assessment_id, ended_at=None))
    row = locked(db, SleepingCase, id=found) if found else None
    if row is not None:
        row.ended_at = clock.now()
        db.flush()
    return row


def _last_grace(db: Session, assessment_id: int) -> datetime | None:
    last = (
        select(func.max(SubmittedVersion.grace_until, type_=SubmittedVersion.grace_until.type))
        .join(ScoreSheet, ScoreSheet.id == SubmittedVersion.sheet_id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.assessment_id == assessment_id)
    )
    return db.scalar(last)
