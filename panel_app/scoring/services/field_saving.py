"""Saving one field as it is typed: the act that runs most often, so that it asks for no more than its rules need.

Its statements, in order: the sheet's row with its lock, the assignment, the round's policy, earlier saves, three
writes, and what is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.permissions import NOT_FOUND, Refused, judged, must
from panel_app.foundation.words import N_
from panel_app.scoring.models import Score, ScoreSheet, SheetSave
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.field_saves import EarlierSave, criteria_by_code, lock_sheet, saves_since
from panel_app.scoring.queries.sheets import SheetCriterion, history_met, scores_of
from panel_app.scoring.rules.completeness import done
from panel_app.scoring.rules.fields import Part, SheetField, field_named
from panel_app.scoring.rules.merging import Change, Meeting, meeting
from panel_app.scoring.rules.references import parsed
from panel_app.scoring.services.desk import accepted_value, columns_of
from panel_app.scoring.services.referring import write_references
from panel_app.scoring.services.saving import FROM_LATER, Clash, FieldChange, Saved, Stale, joined

_QUIET = {"synchronize_session": False}
_UPDATE_SHEET = (
    update(ScoreSheet.__table__)  # type: ignore[arg-type]  # a table, for a statement without the ORM
    .where(ScoreSheet.id == bindparam("of_sheet"))
    .values(revision=bindparam("revision"), saved_at=bindparam("saved_at"))
)
_KEEP = insert(SheetSave.__table__)  # type: ignore[arg-type]  # the same
OTHER_TEXT = N_("This save came twice with different content, so the second was not taken. Save again.")


def save_field(actor: Actor, assignment_key: str, change: FieldChange) -> Saved:
    """Save one field. The same operation again changes nothing and gives the same revision.

    Raises Stale with both texts, Unacceptable for what the field can't hold, Refused to others and once it is shut.
    """
    with transaction() as db:
        saver = _at_hand(db, actor, assignment_key)
        field = field_named(change.field, saver.criteria)
        value = accepted_value(saver.criteria, saver.facts.portfolio_id, field, change.value)
        earlier = saves_since(saver.sheet_id, operation=change.operation, seen=change.revision, page=change.page)
        if (kept := next((each for each in earlier if each.operation == change.operation), None)) is not None:
            return saver.again(kept, field, value)
        must(judged(actor, SheetAct.WRITE, saver.facts))
        if change.revision > saver.revision:
            raise Refused(FROM_LATER, moment=True)
        meant = saver.met(field, value, change, earlier)
        return saver.save(field, value, meant, change, earlier)


@dataclass(frozen=True)
class _Saver:
    """A locked sheet of the actor's own, with what is known of its assignment since the lock."""

    db: Session
    sheet_id: int
    revision: int
    facts: AssignmentFacts
    criteria: Mapping[str, SheetCriterion]

    def again(self, kept: EarlierSave, field: SheetField, value: str) -> Saved:
        """The answer to an operation that was done. References may have been joined with another page's then."""
        if kept.field != field.name or (kept.value != value and field.part is not Part.REFERENCES):
            raise Refused(OTHER_TEXT, moment=True)
        others = {field.name: Change(kept.revision, kept.page, kept.value)} if kept.value != value else {}
        return Saved(kept.revision, kept.saved_at, self.facts.zone, others, self.done())

    def met(self, field: SheetField, value: str, change: FieldChange, earlier: list[EarlierSave]) -> str:
        """The value to store after it met what other pages saved since. Raises Stale with both texts.

        Where no other page saved this field since, nothing can clash and its history isn't asked for.
        """
        newer = [each for each in earlier if each.field == field.name]
        if not newer:
            return value
        history = history_met(self.sheet_id, change.revision, change.page, field.name)[field.name]
        if meeting(value, change.revision, change.page, history) is not Meeting.CLASH:
            return value
        if field.part is Part.REFERENCES:
            return joined(value, change.revision, change.page, history)
        raise Stale(Clash(field.name, value, newer[-1].value, newer[-1].revision, newer[-1].saved_at))

    def save(self, field: SheetField, value: str, meant: str, change: FieldChange, earlier: list[EarlierSave]) -> Saved:
        """Write `meant`, and tell the page what it hasn't seen."""
        now, revision = clock.now(), self.revision + 1
        self._write(field, meant)
        self._keep(field, meant, change.operation, change.page, revision, now)
        self.db.execute(_UPDATE_SHEET, {"of_sheet": self.sheet_id, "revision": revision, "saved_at": now})
        others = {each.field: Change(each.revision, each.page, each.value) for each in earlier}
        if meant != value:
            others[field.name] = Change(revision, change.page, meant)
        return Saved(revision, now, self.facts.zone, others, self.done())

    def _write(self, field: SheetField, value: str) -> None:
        row = update(ScoreSheet).where(ScoreSheet.id == self.sheet_id)
        if field.criterion is not None:
            criterion_id = self.criteria[field.criterion].id
            if field.part is Part.REFERENCES:
                query = select(Score.id).filter_by(sheet_id=self.sheet_id, criterion_id=criterion_id)
                write_references(self.db, self.db.execute(query).scalar_one(), parsed(value))
                return
            row = update(Score).where(Score.sheet_id == self.sheet_id, Score.criterion_id == criterion_id)
        self.db.execute(row.values(columns_of(field, value, self.criteria)), execution_options=_QUIET)

    def _keep(self, field: SheetField, value: str, operation: str, page: str, revision: int, now: datetime) -> None:
        row = {"sheet_id": self.sheet_id, "operation": operation, "page": page, "revision": revision}
        self.db.execute(_KEEP, {**row, "field": field.name, "value": value, "saved_at": now})

    def done(self) -> tuple[str, ...]:
        """The criteria in which nothing is missing. One statement."""
        return done(scores_of(self.sheet_id), [criterion.scale for criterion in self.criteria.values()])


def _at_hand(db: Session, actor: Actor, assignment_key: str) -> _Saver:
    """The actor's own sheet, locked. Raises Refused: hidden to all but its writer; while there is no sheet, why."""
    locked = lock_sheet(assignment_key)
    facts = assignment_facts(assignment_key)
    if facts is None or facts.member_id != actor.member_id:
        raise Refused(NOT_FOUND)
    if locked is None:
        must(judged(actor, SheetAct.WRITE, facts))
        raise Refused(NOT_FOUND)
    return _Saver(db, *locked, facts, criteria_by_code(facts))
