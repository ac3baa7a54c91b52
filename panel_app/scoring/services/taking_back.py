"""Taking a submitted sheet back: within the grace, without a reason, while nothing that follows from it is opened."""

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.assignment.services.moving import holding
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_
from panel_app.scoring.happenings import SheetTakenBack
from panel_app.scoring.models import VersionTakenBack
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.grace import open_until
from panel_app.scoring.queries.submitted import last_version
from panel_app.scoring.services.desk import at_desk

TOO_LATE = N_(
    "The time to take it back is over. If something must change, write to the coordinator: "
    "they can open it again with a reason."
)


def take_back_sheet(actor: Actor, assignment_key: str) -> None:
    """Open one's own submitted sheet again; the version that was submitted is kept and counts nowhere.

    Until the time on its page, which nothing changes that others do. Raises Refused: too late, to others hidden.
    """
    with holding(assignment_key), at_desk(actor, assignment_key) as desk:
        must(can(actor, SheetAct.TAKE_BACK, assignment_key))
        version = last_version(desk.sheet.id)
        if version is None or open_until(desk.facts, desk.sheet.id) is None:
            raise Refused(TOO_LATE, moment=True)
        desk.db.add(VersionTakenBack(version_id=version.id, at=clock.now()))
        assignment.take_back(actor, assignment_key)
        record(
            SheetTakenBack(
                sheet_id=desk.sheet.id,
                assignment_id=desk.facts.id,
                assessment_id=desk.facts.assessment_id,
                portfolio_id=desk.facts.portfolio_id,
                round_id=desk.facts.round_id,
                number=version.number,
            ),
            by=actor,
        )
