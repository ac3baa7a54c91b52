"""The sheet's page: everything of the sheet that stands on it, read once."""

from dataclasses import dataclass

from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.scoring.queries.sheets import SheetCriterion, SheetHead, criteria_of, feedback_in, sheet_head, values_of
from panel_app.scoring.rules.completeness import Scale, Values


@dataclass(frozen=True)
class WholeSheet:
    """An assignment's sheet with its criteria and values."""

    facts: AssignmentFacts
    head: SheetHead
    criteria: tuple[SheetCriterion, ...]
    values: Values

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The criteria as the check of completeness needs them."""
        return tuple(criterion.scale for criterion in self.criteria)


def whole_sheet(assignment_key: str) -> WholeSheet | None:
    """The sheet of an assignment; none before its start. Six statements."""
    facts = assignment_facts(assignment_key)
    head = sheet_head(facts.id) if facts else None
    if facts is None or head is None:
        return None
    return WholeSheet(facts, head, criteria_of(facts.assessment_id, feedback_in(facts.round_id)), values_of(head))
