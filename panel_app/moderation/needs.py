"""What moderation asks of people: moderators to answer cases."""

from collections.abc import Iterable

from flask import url_for

from panel_app import clock
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.needs import DateKind, Need, needs
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.moderation.queries.cases import CaseRow, waiting_for


@needs("moderation.cases")
def cases_to_answer(actor: Actor) -> Iterable[Need]:
    """Cases that wait for this moderator. Two statements."""
    if not actor.holds(Role.MODERATOR):
        return []
    return [_need(row) for row in waiting_for(actor)]


def _need(row: CaseRow) -> Need:
    return Need(
        tone=Tone.BAD if row.due_at < clock.now() else Tone.WAIT,
        sentence=sentence(N_("%(reference)s needs a moderator's answer"), reference=row.reference),
        why=Sentence(N_("Until it is answered, nothing can be decided about this portfolio.")),
        href=url_for("moderation.case", case_key=row.key),
        action=Sentence(N_("Answer the case")),
        due_at=row.due_at,
        date_kind=DateKind.ANSWER,
        zone=row.zone,
    )
