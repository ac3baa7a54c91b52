"""Bringing an earlier text of a field back: as a new save, so that what it replaces stays in the history."""

from sqlalchemy import select

from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.foundation.saying import say
from panel_app.foundation.words import N_
from panel_app.scoring.happenings import SheetVersionRestored
from panel_app.scoring.models import SheetSave
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.rules.fields import SheetField, Unacceptable
from panel_app.scoring.services.desk import Desk, at_desk

CHANGED = N_("The sheet was changed since this page was made. Look at both texts again, then bring one back.")


def restore_version(actor: Actor, assignment_key: str, *, revision: int, shown: int, form_key: str) -> str:
    """Bring back the text that was saved at `revision`; gives its field. `shown`: the sheet's revision on the page.

    The same `form_key` again changes nothing. Raises Refused to others, once the sheet is shut or changed since,
    and for what it can't hold any more.
    """
    with at_desk(actor, assignment_key) as desk:
        save = desk.db.scalar(select(SheetSave).filter_by(sheet_id=desk.sheet.id, revision=revision))
        if save is None:
            raise Refused(NOT_FOUND)
        operation = f"back:{form_key}"
        known = select(SheetSave.id).filter_by(sheet_id=desk.sheet.id, operation=operation)
        if desk.db.scalar(known) is not None:
            return save.field
        must(can(actor, SheetAct.WRITE, assignment_key))
        if shown != desk.sheet.revision:
            raise Refused(CHANGED, moment=True)
        field = desk.field(save.field)
        desk.put(field, _still_accepted(desk, field, save.value), operation=operation, page=operation[:64])
        about = {"sheet_id": desk.sheet.id, "assignment_id": desk.facts.id}
        record(SheetVersionRestored(**about, field=field.name, revision=revision), by=actor)
        return field.name


def _still_accepted(desk: Desk, field: SheetField, value: str) -> str:
    """The earlier value, if the sheet can hold it still: a piece that it points to may be gone. Raises Refused."""
    try:
        return desk.accepted(field, value)
    except Unacceptable as error:
        raise Refused(say(error.sentence), moment=True) from error
