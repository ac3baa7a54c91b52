"""Walks the audit chain and names any row that was changed, removed, put in, doubled or moved."""

from collections.abc import Iterator

from sqlalchemy import select

from panel_app.foundation.audit.chain import BEGINNING, columns_of, link, private_hash
from panel_app.foundation.audit.models import AuditEvent, AuditHead, AuditPrivate
from panel_app.foundation.database import reading


def findings() -> Iterator[str]:
    """Yield a sentence per finding, each naming its row; nothing when the chain is whole. Three statements."""
    session = reading()
    private = {row.number: row for row in session.scalars(select(AuditPrivate))}
    number, chain = 0, BEGINNING
    for row in session.scalars(select(AuditEvent).order_by(AuditEvent.number).execution_options(yield_per=1000)):
        if row.number != number + 1:
            yield f"row {row.number}: rows {number + 1} to {row.number - 1} are missing before it"
        if row.previous != chain:
            yield f"row {row.number}: it does not follow row {number} (moved, put in, or row {number} was changed)"
        if link(columns_of(row)) != row.chain:
            yield f"row {row.number}: a column was changed after it was written"
        yield from _private_findings(row, private.pop(row.number, None))
        number, chain = row.number, row.chain
    yield from (f"row {left}: it has words but no event" for left in private)
    yield from _end_findings(session.scalars(select(AuditHead)).one_or_none(), number, chain)


def _private_findings(row: AuditEvent, words: AuditPrivate | None) -> Iterator[str]:
    if words is None:
        return
    if row.private_hash != private_hash(words.salt, words.words):
        yield f"row {row.number}: its private words were changed"


def _end_findings(head: AuditHead | None, number: int, chain: str) -> Iterator[str]:
    if head is None:
        if number:
            yield f"row {number}: the head of the chain is missing"
        return
    if head.number != number:
        yield f"row {head.number}: the chain ends at row {number}, its head says {head.number} (the end was cut)"
    elif head.chain != chain:
        yield f"row {number}: it is not the row that the head of the chain names"
