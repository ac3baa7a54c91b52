"""A sheet on the desk: its row locked, its criteria and values read, and the one way to put a value into it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.assignment.queries.standing import AssignmentFacts, assignment_facts
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.permissions import NOT_FOUND, Refused, can, must
from panel_app.portfolios.blind import blind_portfolio
from panel_app.scoring.models import Confidence, Score, ScoreSheet, SheetSave
from panel_app.scoring.policy import SheetAct
from panel_app.scoring.queries.sheets import SheetCriterion, SheetHead, criteria_of, values_of
from panel_app.scoring.rules import references
from panel_app.scoring.rules.fields import UNJUDGED, GlobalView, Part, SheetField, accepted, field_named
from panel_app.scoring.services.referring import write_references


@dataclass(frozen=True)
class Desk:
    """A locked sheet inside an open transaction, with its criteria by code."""

    db: Session
    sheet: ScoreSheet
    facts: AssignmentFacts
    criteria: Mapping[str, SheetCriterion]

    def field(self, name: str) -> SheetField:
        """The field of that name. Raises Unacceptable."""
        return field_named(name, self.criteria)

    def accepted(self, field: SheetField, value: str) -> str:
        """The value as it is stored. Raises Unacceptable."""
        return accepted_value(self.criteria, self.facts.portfolio_id, field, value)

    def values(self) -> dict[str, str]:
        """Field name → value, as it stands now. One statement."""
        return values_of(SheetHead.of(self.sheet))

    def put(self, field: SheetField, value: str, *, operation: str, page: str) -> int:
        """Store an accepted value as the sheet's next revision. Gives the revision."""
        if field.part is Part.REFERENCES:
            write_references(self.db, self._score(field).id, references.parsed(value))
        else:
            row = self._score(field) if field.criterion else self.sheet
            for name, held in columns_of(field, value, self.criteria).items():
                setattr(row, name, held)
        self.sheet.revision += 1
        self.sheet.saved_at = clock.now()
        save = SheetSave(
            sheet_id=self.sheet.id,
            operation=operation,
            page=page,
            revision=self.sheet.revision,
            field=field.name,
            value=value,
            saved_at=self.sheet.saved_at,
        )
        self.db.add(save)
        self.db.flush()
        return self.sheet.revision

    def _score(self, field: SheetField) -> Score:
        criterion = self.criteria[str(field.criterion)]
        found = select(Score).filter_by(sheet_id=self.sheet.id, criterion_id=criterion.id)
        return self.db.scalars(found.execution_options(populate_existing=True)).one()


def accepted_value(criteria: Mapping[str, SheetCriterion], portfolio_id: int, field: SheetField, value: str) -> str:
    """The value as a field stores it. Raises Unacceptable. Four statements for references, none for all others."""
    if field.part is Part.REFERENCES:
        return references.written(references.parsed(value, _pieces(portfolio_id)))
    return accepted(field, value, criteria[field.criterion].scale.points if field.criterion else ())


def _pieces(portfolio_id: int) -> frozenset[str]:
    """What a reference may point into: pieces by label, sections by id."""
    blind = blind_portfolio(portfolio_id)
    if blind is None:
        return frozenset()
    return frozenset({*(piece.label for piece in blind.evidence), *(section.id for section in blind.sections)})


def columns_of(field: SheetField, value: str, criteria: Mapping[str, SheetCriterion]) -> dict[str, object]:
    """The columns of a score, or of the sheet, that hold an accepted value. References have rows of their own."""
    if field.part is Part.LEVEL:
        levels = {str(each.points): each.id for each in criteria[str(field.criterion)].levels}
        return {"level_id": levels.get(value), "unjudged": value == UNJUDGED}
    if field.part is Part.CANNOT_JUDGE:
        return {"cannot_judge": value or None}
    if field.part is Part.CONFIDENCE:
        return {"confidence": Confidence(value) if value else None}
    if field.part is Part.GLOBAL_VIEW:
        return {"global_view": GlobalView(value) if value else None}
    return {field.part.value: value}


@contextmanager
def at_desk(actor: Actor, assignment_key: str) -> Iterator[Desk]:
    """One act on the sheet of an assignment, its row locked. Raises Refused: hidden to all but its writer.

    Whether it may be written now is asked by the act itself, after the lock.
    """
    with transaction() as db:
        facts = assignment_facts(assignment_key)
        if facts is None or facts.member_id != actor.member_id:
            raise Refused(NOT_FOUND)
        sheet = locked(db, ScoreSheet, assignment_id=facts.id)
        if sheet is None:
            must(can(actor, SheetAct.WRITE, assignment_key))
            raise Refused(NOT_FOUND)
        yield Desk(db, sheet, facts, {each.code: each for each in criteria_of(facts.assessment_id)})
