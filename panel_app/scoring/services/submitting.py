"""Submitting: a whole sheet becomes a version that is never changed, in the act that lets its assignment end its work.

Locks in one order everywhere: assessment, assignment, sheet.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import rfc8785
from sqlalchemy import func, select

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.assignment.services.moving import holding
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_
from panel_app.scoring.happenings import SheetSubmitted
from panel_app.scoring.models import SubmittedVersion
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.grace import grace_minutes
from panel_app.scoring.queries.sheets import criteria_of, feedback_in
from panel_app.scoring.queries.submitted import version_by_form_key
from panel_app.scoring.queries.writers import writer_of
from panel_app.scoring.rules.completeness import Missing, Values, is_complete, missing
from panel_app.scoring.rules.fields import GLOBAL_VIEW, NOTE, UNJUDGED, Part, SheetField
from panel_app.scoring.services.desk import Desk, at_desk

CHANGED = N_("The sheet was changed on another page since. Look at its levels again, then submit.")


@dataclass(frozen=True)
class Submitted:
    """One submission of a sheet: its number, from 1, and its instant in UTC."""

    number: int
    submitted_at: datetime


class Incomplete(Exception):
    """Something is missing; nothing was submitted. `missing` lists it in the order of the page."""

    def __init__(self, gaps: tuple[Missing, ...]) -> None:
        """Keep what is missing."""
        super().__init__(f"missing: {len(gaps)}")
        self.missing = gaps


def submit_sheet(
    actor: Actor, assignment_key: str, *, revision: int, form_key: str, outside_tools: str = ""
) -> Submitted:
    """Submit the sheet as it stands at `revision`. The same `form_key` again gives the same submission.

    `outside_tools`: the assessor's declaration of which tools outside the panel saw evidence; nothing: none did.
    Raises Incomplete; Refused when the sheet changed since, when it is shut, when a conflict appeared, to others.
    """
    with holding(assignment_key), at_desk(actor, assignment_key) as desk:
        if (done := version_by_form_key(desk.sheet.id, form_key)) is not None:
            return Submitted(done.number, done.submitted_at)
        must(can(actor, SheetAct.SUBMIT, assignment_key))
        if revision != desk.sheet.revision:
            raise Refused(CHANGED, moment=True)
        values = desk.values()
        criteria = criteria_of(desk.facts.assessment_id, feedback_in(desk.facts.round_id))
        scales = [criterion.scale for criterion in criteria]
        if gaps := missing(values, scales, writer_of(actor, desk.facts.reference)):
            raise Incomplete(gaps)
        content = {**_content(desk, values), "outside_tools": outside_tools.strip()}
        version = _add_version(desk, content, form_key, complete=is_complete(values, scales))
        assignment.mark_submitted(actor, assignment_key)
        record(_happening(desk, version), by=actor)
        return Submitted(version.number, version.submitted_at)


def _content(desk: Desk, values: Values) -> dict[str, Any]:
    return {
        "scores": {code: _score(values, code) for code in desk.criteria},
        "note": values[NOTE.name],
        "global_view": values[GLOBAL_VIEW.name],
    }


def _add_version(desk: Desk, content: dict[str, Any], form_key: str, *, complete: bool) -> SubmittedVersion:
    last = desk.db.scalar(select(func.max(SubmittedVersion.number)).filter_by(sheet_id=desk.sheet.id)) or 0
    version = SubmittedVersion(
        sheet_id=desk.sheet.id,
        number=last + 1,
        revision=desk.sheet.revision,
        submitted_at=clock.now(),
        is_complete=complete,
        content=content,
        sha256=hashlib.sha256(rfc8785.dumps(content)).hexdigest(),
        form_key=form_key,
        grace_until=clock.now() + timedelta(minutes=grace_minutes(desk.facts.round_id, desk.sheet.id)),
    )
    desk.db.add(version)
    desk.db.flush()
    return version


def _score(values: Values, code: str) -> dict[str, Any]:
    def get(part: Part) -> str:
        return values[SheetField(code, part).name]

    level = get(Part.LEVEL)
    return {
        "level": int(level) if level not in ("", UNJUDGED) else None,
        "cannot_judge": get(Part.CANNOT_JUDGE) if level == UNJUDGED else "",
        "rationale": get(Part.RATIONALE),
        "references": json.loads(get(Part.REFERENCES) or "[]"),
        "confidence": get(Part.CONFIDENCE) or None,
        "feedback": get(Part.FEEDBACK),
    }


def _happening(desk: Desk, version: SubmittedVersion) -> SheetSubmitted:
    return SheetSubmitted(
        sheet_id=desk.sheet.id,
        assignment_id=desk.facts.id,
        assessment_id=desk.facts.assessment_id,
        portfolio_id=desk.facts.portfolio_id,
        round_id=desk.facts.round_id,
        number=version.number,
        is_complete=version.is_complete,
        sha256=version.sha256,
    )
