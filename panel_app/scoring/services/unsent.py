"""Reading what an assessor wrote and never submitted: an act of a coordinator, kept in the history."""

from panel_app.assignment.queries.standing import assignment_facts
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.scoring.happenings import UnsentSheetRead
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.pages import WholeSheet, whole_sheet


def read_unsent(actor: Actor, assignment_key: str, reason: str) -> WholeSheet:
    """The sheet as it was left; that it was read, by whom and why, is recorded each time. Raises Refused."""
    with transaction():
        must(can(actor, SheetAct.READ_UNSENT, assignment_key))
        facts, whole = assignment_facts(assignment_key), whole_sheet(assignment_key)
        if facts is None or whole is None:
            raise Refused(NOT_FOUND)
        record(
            UnsentSheetRead(
                sheet_id=whole.head.id,
                assignment_id=facts.id,
                assessment_id=facts.assessment_id,
                portfolio_id=facts.portfolio_id,
                round_id=facts.round_id,
                reason=reason.strip(),
            ),
            by=actor,
        )
        return whole
