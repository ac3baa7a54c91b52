"""Starting: the assignment begins, conflicts are checked again, and its assessor gets an empty sheet."""

from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.portfolios.models import Assessment
from panel_app.programmes.models import RubricPart
from panel_app.scoring.happenings import SheetOpened
from panel_app.scoring.models import Score, ScoreSheet
from panel_app.scoring.queries.sheets import criteria_of, sheet_head


def start_scoring(actor: Actor, assignment_key: str) -> None:
    """Begin to score; where it has begun nothing changes. Nothing on the new sheet is preset.

    Raises Refused: to others, hidden; when a conflict appeared since. Raises NotFromHere in a state that can't start.
    """
    with transaction() as db:
        assignment.start(actor, assignment_key)
        facts = assignment_facts(assignment_key)
        if facts is None:
            raise Refused(NOT_FOUND)
        if sheet_head(facts.id) is not None:
            return
        part = select(RubricPart.rubric_id).join(Assessment, Assessment.part_id == RubricPart.id)
        rubric_id = db.execute(part.where(Assessment.id == facts.assessment_id)).scalar_one()
        sheet = ScoreSheet(key=new_key(), assignment_id=facts.id, rubric_id=rubric_id, revision=0, saved_at=clock.now())
        db.add(sheet)
        db.flush()
        for criterion in criteria_of(facts.assessment_id):
            db.add(Score(sheet_id=sheet.id, rubric_id=rubric_id, criterion_id=criterion.id))
        record(
            SheetOpened(
                sheet_id=sheet.id,
                assignment_id=facts.id,
                assessment_id=facts.assessment_id,
                portfolio_id=facts.portfolio_id,
                round_id=facts.round_id,
            ),
            by=actor,
        )
