"""For how long a submitted sheet can be taken back: asked by its page, by the last look before it, and by the act.

It goes by the writer's own acts alone. A first submission has the round's minutes, and until they are over nothing
opens to anyone that follows from it. One that a coordinator opened again has none: by then a case or another's sheet
may be open, and a time that went by them would tell of them.
"""

from datetime import datetime

from sqlalchemy import exists, select

from panel_app import clock
from panel_app.assignment.queries.standing import AssignmentFacts
from panel_app.foundation.database import reading
from panel_app.portfolios.models import AssessmentStatus
from panel_app.programmes.queries import working
from panel_app.scoring.models import SubmittedVersion, VersionTakenBack
from panel_app.scoring.queries.submitted import in_grace, last_version

UNDECIDED = frozenset({AssessmentStatus.ASSIGNING, AssessmentStatus.SCORING, AssessmentStatus.MODERATION})


def grace_minutes(round_id: int, sheet_id: int) -> int:
    """For how many minutes a sheet that is submitted now can be taken back. Two statements."""
    was_taken_back = exists().where(VersionTakenBack.version_id == SubmittedVersion.id)
    stood = exists().where(SubmittedVersion.sheet_id == sheet_id, ~was_taken_back)
    return 0 if reading().scalar(select(stood)) else working(round_id, clock.now()).grace_minutes


def open_until(facts: AssignmentFacts, sheet_id: int) -> datetime | None:
    """Until when, in UTC, a submitted sheet can be taken back; None once it can't. One statement."""
    version = last_version(sheet_id)
    is_open = version is not None and in_grace(version) and facts.assessment_status in UNDECIDED
    return version.grace_until if version and is_open else None
