"""Saving all fields of a form. A text never replaces one that its page hadn't seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import Refused, can, must
from panel_app.foundation.words import N_, Sentence
from panel_app.scoring.models import SheetSave
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.sheets import history_met
from panel_app.scoring.rules.fields import Part, Unacceptable, fields_of
from panel_app.scoring.rules.merging import Change, Meeting, form_meeting, seen_by
from panel_app.scoring.rules.references import merged
from panel_app.scoring.services.desk import Desk, at_desk

FROM_LATER = N_("This page is ahead of the score sheet, which can't be. Reload it: what you typed is kept here.")


@dataclass(frozen=True)
class FieldChange:
    """One change of one field. `revision`: the one at which its page last saw the field. `operation`: its own id.

    `page`: the id of the open page it was typed on.
    """

    field: str
    value: str
    revision: int
    operation: str
    page: str = ""


@dataclass(frozen=True)
class Saved:
    """A save that is on disk.

    `zone`: of the round; `others`: what other pages saved meanwhile, field name → its latest change; `done`: criteria
    that lack nothing.
    """

    revision: int
    saved_at: datetime
    zone: str
    others: Mapping[str, Change]
    done: tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """Two texts for one field: the one that came, and the newer one that is kept, with its revision and instant."""

    field: str
    yours: str
    theirs: str
    revision: int
    saved_at: datetime


class Stale(Exception):
    """A change met a newer one that its page hadn't seen. Nothing was saved; `clash` holds both."""

    def __init__(self, clash: Clash) -> None:
        """Keep both texts."""
        super().__init__(clash.field)
        self.clash = clash


@dataclass(frozen=True)
class FormSaved:
    """What became of a form: the sheet's revision, fields that clash, and fields refused with a sentence."""

    revision: int
    saved_at: datetime
    clashes: tuple[Clash, ...]
    refused: Mapping[str, Sentence]


def save_sheet(
    actor: Actor, assignment_key: str, values: Mapping[str, str], *, revision: int, page: str, form_key: str
) -> FormSaved:
    """Save what a form changed, field by field; a field that clashes or can't be taken holds back itself alone.

    `revision`: the sheet's when the page was made. The same `form_key` again changes nothing. Raises Refused.
    """
    with at_desk(actor, assignment_key) as desk:
        must(can(actor, SheetAct.WRITE, assignment_key))
        if revision > desk.sheet.revision:
            raise Refused(FROM_LATER, moment=True)
        histories = history_met(desk.sheet.id, revision, page)
        clashes, refused = [], {}
        for field in fields_of(desk.criteria):
            if field.name not in values:
                continue
            history = histories[field.name]
            try:
                value = desk.accepted(field, values[field.name])
            except Unacceptable as error:
                refused[field.name] = error.sentence
                continue
            found = form_meeting(value, revision, page, history)
            if found is Meeting.CLASH and field.part is Part.REFERENCES:
                value, found = joined(value, revision, page, history), Meeting.TAKE
            if found is Meeting.CLASH:
                clashes.append(_clash(desk, field.name, value, history))
            elif found is Meeting.TAKE and _done(desk, f"{form_key}:{field.name}") is None:
                desk.put(field, value, operation=f"{form_key}:{field.name}", page=page)
        return FormSaved(desk.sheet.revision, desk.sheet.saved_at, tuple(clashes), refused)


def joined(value: str, seen: int, page: str, history: list[Change]) -> str:
    """References that two pages changed at once: both changes of what this page last saw."""
    return merged(seen_by(seen, page, history), history[-1].value, value)


def _done(desk: Desk, operation: str) -> SheetSave | None:
    return desk.db.scalars(select(SheetSave).filter_by(sheet_id=desk.sheet.id, operation=operation)).one_or_none()


def _clash(desk: Desk, field: str, yours: str, history: list[Change]) -> Clash:
    newest = history[-1]
    at = select(SheetSave.saved_at).filter_by(sheet_id=desk.sheet.id, revision=newest.revision)
    return Clash(field, yours, newest.value, newest.revision, desk.db.execute(at).scalar_one())
