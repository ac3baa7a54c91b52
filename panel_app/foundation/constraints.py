"""From a constraint's name to a field and a sentence, in one place: a race ends as a form error."""

import re

from sqlalchemy import MetaData, UniqueConstraint
from sqlalchemy.exc import IntegrityError

_SENTENCES: dict[str, tuple[str | None, str]] = {}
FALLBACK = (
    "This could not be saved, because something it depends on has just changed. Look at the page again, then repeat it."
)


def says(name: str, sentence: str, field: str | None = None) -> None:
    """Declare what a person reads when the constraint `name` refuses a row. Raises ValueError for a second text."""
    if _SENTENCES.setdefault(name, (field, sentence)) != (field, sentence):
        raise ValueError(f"constraint {name} has two sentences")


def sentence_for(error: IntegrityError, metadata: MetaData) -> tuple[str | None, str]:
    """The field (or none) and the sentence for a refused row; a general sentence for an undeclared constraint."""
    return _SENTENCES.get(name_of(error, metadata) or "", (None, FALLBACK))


def name_of(error: IntegrityError, metadata: MetaData) -> str | None:
    """The constraint that refused: PostgreSQL names it, SQLite names a CHECK and the columns of a UNIQUE."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    text = str(error.orig)
    if found := re.match(r"CHECK constraint failed: (\w+)", text):
        return found[1]
    if found := re.match(r"UNIQUE constraint failed: (.+)", text):
        return _unique_on(found[1].split(", "), metadata)
    return None


def _unique_on(places: list[str], metadata: MetaData) -> str | None:
    if places[0].startswith("index '"):
        return places[0].removeprefix("index '").rstrip("'")
    table = metadata.tables.get(places[0].split(".")[0])
    columns = {place.split(".")[1] for place in places}
    if table is None:
        return None
    for unique in [c for c in table.constraints if isinstance(c, UniqueConstraint)]:
        if {column.name for column in unique.columns} == columns:
            return str(unique.name)
    for index in table.indexes:
        if index.unique and {column.name for column in index.columns} == columns:
            return str(index.name)
    return None
