"""What was submitted: for moderation and outcomes, under labels that tell nothing of the person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.database import reading
from panel_app.scoring.models import ScoreSheet, SubmittedVersion, VersionTakenBack
from panel_app.scoring.rules.fields import Confidence, GlobalView
from panel_app.scoring.rules.references import Reference, parsed


@dataclass(frozen=True)
class SubmittedScore:
    """One criterion of a submitted sheet; `level` in points, none when the assessor could not judge (and says why)."""

    criterion: str
    level: int | None
    cannot_judge: str
    rationale: str
    references: tuple[Reference, ...]
    confidence: Confidence | None
    feedback: str


@dataclass(frozen=True)
class SubmittedSheet:
    """A version of a sheet as it was submitted.

    `label` is A, B, C in the order of first submissions: it never changes and names nobody. `stands`: it is its
    assignment's last version, and the assignment stands submitted (work on hold sets its sheet aside). `is_complete`:
    every criterion has a level. What counts in a mean is both. `global_view` and `outside_tools` (which tools saw
    evidence, nothing for none) are None in versions from before they were asked for. `in_grace`: its writer may take it
    back still, so nothing that follows from it is shown to anyone; `taken_back`: they did.
    """

    key: str
    assignment_id: int
    assignment_key: str
    member_id: int
    role: AssignmentRole
    label: str
    number: int
    submitted_at: datetime
    stands: bool
    is_complete: bool
    in_grace: bool
    taken_back: bool
    scores: tuple[SubmittedScore, ...]
    note: str
    global_view: GlobalView | None
    outside_tools: str | None

    @property
    def levels(self) -> Mapping[str, int | None]:
        """Criterion → level in points."""
        return {score.criterion: score.level for score in self.scores}

    def score(self, criterion: str) -> SubmittedScore:
        """The score of that criterion. Raises KeyError."""
        return {score.criterion: score for score in self.scores}[criterion]


def submitted_sheets(assessment_id: int) -> tuple[SubmittedSheet, ...]:
    """The sheets of an assessment that stand submitted now, by label. One statement."""
    return tuple(sheet for sheet in submitted_versions(assessment_id) if sheet.stands)


def submitted_versions(assessment_id: int) -> tuple[SubmittedSheet, ...]:
    """Every version that was ever submitted for an assessment, by label, then number. One statement."""
    rows = (
        reading()
        .execute(
            select(SubmittedVersion, ScoreSheet, Assignment, VersionTakenBack.at)
            .join(ScoreSheet, ScoreSheet.id == SubmittedVersion.sheet_id)
            .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
            .outerjoin(VersionTakenBack, VersionTakenBack.version_id == SubmittedVersion.id)
            .where(Assignment.assessment_id == assessment_id)
            .order_by(SubmittedVersion.submitted_at, SubmittedVersion.id)
            .execution_options(populate_existing=True)
        )
        .all()
    )
    labels: dict[int, str] = {}
    last: dict[int, int] = {}
    for version, sheet, _, _ in rows:
        labels.setdefault(sheet.id, label(len(labels)))
        last[sheet.id] = version.number
    found = [_row(*row, labels[row[1].id], is_last=last[row[1].id] == row[0].number) for row in rows]
    return tuple(sorted(found, key=lambda sheet: (sheet.label, sheet.number)))


def version_by_form_key(sheet_id: int, form_key: str) -> SubmittedVersion | None:
    """The version that this press of the button made. One statement."""
    return reading().scalars(select(SubmittedVersion).filter_by(sheet_id=sheet_id, form_key=form_key)).one_or_none()


def label(place: int) -> str:
    """A, B, C … for the first, second, third."""
    return chr(ord("A") + place)


def first_versions(assessment_id: int) -> tuple[SubmittedSheet, ...]:
    """Of each sheet the first version that was not taken back, by label. One statement.

    Kept for the measures to come, agreement and severity, in which a sheet that a coordinator reopened later is to
    count as it was at first. Nothing reckons with it yet.
    """
    firsts: dict[str, SubmittedSheet] = {}
    for version in submitted_versions(assessment_id):
        if not (version.taken_back or version.in_grace):
            firsts.setdefault(version.label, version)
    return tuple(firsts.values())


def last_version(sheet_id: int) -> SubmittedVersion | None:
    """The version that was submitted last. One statement."""
    query = select(SubmittedVersion).filter_by(sheet_id=sheet_id).order_by(SubmittedVersion.number.desc())
    return reading().scalars(query.limit(1)).one_or_none()


def in_grace(version: SubmittedVersion) -> bool:
    """Whether its writer may take it back still."""
    return version.grace_until is not None and clock.now() < version.grace_until


def _row(
    version: SubmittedVersion,
    sheet: ScoreSheet,
    assignment: Assignment,
    taken_back_at: datetime | None,
    labelled: str,
    *,
    is_last: bool,
) -> SubmittedSheet:
    in_place = assignment.state is AssignmentState.SUBMITTED
    return SubmittedSheet(
        key=sheet.key,
        assignment_id=assignment.id,
        assignment_key=assignment.key,
        member_id=assignment.member_id,
        role=assignment.role,
        label=labelled,
        number=version.number,
        submitted_at=version.submitted_at,
        stands=is_last and in_place,
        is_complete=version.is_complete,
        in_grace=in_grace(version),
        taken_back=taken_back_at is not None,
        scores=tuple(_score(code, held) for code, held in version.content["scores"].items()),
        note=version.content["note"],
        global_view=GlobalView(view) if (view := version.content.get("global_view")) else None,
        outside_tools=version.content.get("outside_tools"),
    )


def _score(code: str, held: Mapping[str, Any]) -> SubmittedScore:
    return SubmittedScore(
        criterion=code,
        level=held["level"],
        cannot_judge=held["cannot_judge"],
        rationale=held["rationale"],
        references=parsed(json.dumps(held.get("references", []))),
        confidence=Confidence(held["confidence"]) if held["confidence"] else None,
        feedback=held["feedback"],
    )
