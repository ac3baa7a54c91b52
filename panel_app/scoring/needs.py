"""What waits on a panel member: sheets to start, to finish, to mend; what is overdue in a warning tone."""

from collections.abc import Iterator

from flask import url_for

from panel_app import clock
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, counting, sentence
from panel_app.scoring.queries.reports import open_reports
from panel_app.scoring.queries.reviews import ReviewRow, sheets_to_finish
from panel_app.scoring.rules.reports import KINDS, Pause

_REPORTED = N_("%(reference)s: an assessor reports “%(what)s”")
_DOING = {
    AssignmentState.ACCEPTED: N_("Start scoring %(reference)s"),
    AssignmentState.SCORING: N_("Finish the score sheet for %(reference)s"),
    AssignmentState.REOPENED: N_("Mend the score sheet for %(reference)s: it was opened again"),
}


@needs("scoring.sheets")
def sheets(actor: Actor) -> Iterator[Need]:
    """Sheets on a member's desk, with their due dates. One statement."""
    if actor.member_id is None:
        return
    for row in sheets_to_finish(actor.member_id):
        yield Need(
            tone=Tone.BAD if row.due_at < clock.now() else Tone.WAIT,
            sentence=sentence(_DOING[row.state], reference=row.reference),
            why=_why(row),
            href=url_for("scoring.sheet", assignment_key=row.key),
            action=sentence(N_("Start")) if row.state is AssignmentState.ACCEPTED else sentence(N_("Go on")),
            due_at=row.due_at,
            zone=row.zone,
        )


@needs("scoring.reports")
def reports_to_answer(actor: Actor) -> Iterator[Need]:
    """What assessors of a coordinator's rounds report, the oldest first. One statement."""
    mine = actor.rounds(Role.COORDINATOR)
    for row in open_reports(actor, mine) if mine else []:
        telling = KINDS[row.kind]
        yield Need(
            tone=Tone.WAIT if telling.pause is Pause.NOBODY else Tone.BAD,
            sentence=sentence(_REPORTED, reference=row.reference, what=telling.title),
            why=sentence(N_("An assessor wrote it, and waits for your answer."))
            if telling.pause is Pause.NOBODY
            else sentence(N_("Work on it is on hold until you answer.")),
            href=url_for("portfolios.case", round_key=row.round_key, portfolio_key=row.portfolio_key),
            action=sentence(N_("Read the report")),
        )


def _why(row: ReviewRow) -> Sentence:
    if row.due_at < clock.now():
        return counting(
            "It is overdue: %(scored)s of %(num)s level given.",
            "It is overdue: %(scored)s of %(num)s levels given.",
            row.criteria,
            scored=row.scored,
        )
    if row.state is AssignmentState.ACCEPTED:
        return sentence(N_("You accepted it and have not started."))
    return counting(
        "%(scored)s of %(num)s level given.", "%(scored)s of %(num)s levels given.", row.criteria, scored=row.scored
    )
