"""What assessors declared with their sheets, on the coordinator's page: tools, and what can't be judged. No levels."""

from dataclasses import dataclass

from panel_app.foundation.actors import Actor
from panel_app.foundation.words import N_
from panel_app.portfolios.queries.case_parts import CasePart, case_part
from panel_app.portfolios.queries.cases import AssessmentRow
from panel_app.scoring.queries.submitted import SubmittedSheet, submitted_sheets


@dataclass(frozen=True)
class Declared:
    """A sheet's letter, the tools that saw evidence, and criterion → why it can't be judged."""

    label: str
    outside_tools: str
    unjudged: tuple[tuple[str, str], ...]


@case_part(26, N_("What assessors declared"))
def declared(actor: Actor, assessment: AssessmentRow) -> CasePart | None:
    """Sheets that say more than "no tool, all judged", once they can't be taken back. One statement."""
    rows = [_declared(sheet) for sheet in submitted_sheets(assessment.id) if not sheet.in_grace]
    telling = [row for row in rows if row.outside_tools or row.unjudged]
    return CasePart("scoring/declared_part.html", telling) if telling else None


def _declared(sheet: SubmittedSheet) -> Declared:
    unjudged = tuple((score.criterion, score.cannot_judge) for score in sheet.scores if score.level is None)
    return Declared(sheet.label, sheet.outside_tools or "", unjudged)
