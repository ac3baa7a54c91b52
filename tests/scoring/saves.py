"""Short ways to say a save in tests."""

from collections import defaultdict

from sqlalchemy import select

from panel_app.assignment.queries.standing import assignment_facts
from panel_app.foundation.database import reading
from panel_app.foundation.keys import new_key
from panel_app.scoring.models import SheetSave
from panel_app.scoring.queries import SheetHead, sheet_head, values_of
from panel_app.scoring.rules.merging import Change
from panel_app.scoring.services import FieldChange


def a_change(
    field: str, value: str, revision: int = 0, *, page: str = "p", operation: str | None = None
) -> FieldChange:
    """A change of one field, seen at `revision`."""
    return FieldChange(field, value, revision, operation or new_key(), page)


def head_of(assignment_key: str) -> SheetHead:
    """The head of an assignment's sheet."""
    facts = assignment_facts(assignment_key)
    assert facts is not None
    head = sheet_head(facts.id)
    assert head is not None
    return head


def history_of(sheet_id: int, field: str | None = None) -> dict[str, list[Change]]:
    """Field name → every save of it, the oldest first; of one field, or of all."""
    query = select(SheetSave.field, SheetSave.revision, SheetSave.page, SheetSave.value).filter_by(sheet_id=sheet_id)
    if field is not None:
        query = query.filter_by(field=field)
    found: dict[str, list[Change]] = defaultdict(list)
    for name, revision, page, value in reading().execute(query.order_by(SheetSave.revision)):
        found[name].append(Change(revision, page, value))
    return found


def stored(assignment_key: str) -> dict[str, str]:
    """What stands on the sheet: field name → value, only what isn't empty."""
    return {name: value for name, value in values_of(head_of(assignment_key)).items() if value}


def a_save(key: str, **changes: object) -> dict[str, object]:
    """The body of a background save of an empty sheet."""
    body = {"assignment": key, "field": "C1.level", "value": 3, "revision": 0, "operation": new_key(), "page": "p"}
    return {**body, **changes}
