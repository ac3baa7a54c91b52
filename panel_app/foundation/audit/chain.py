"""Numbering, hashing and writing of audit rows, just before an act's commit."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from panel_app.foundation.audit.models import AuditEvent, AuditHead, AuditPrivate
from panel_app.foundation.database import current_act
from panel_app.foundation.happenings import Recorded, writes_happenings

BEGINNING = "0" * 64


def link(columns: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of every column of a row but `chain`."""
    return hashlib.sha256(rfc8785.dumps({name: columns[name] for name in COLUMNS})).hexdigest()


COLUMNS = ("number", "at", "tag", "by_kind", "by_person_id", "facts", "private_hash", "previous")


def columns_of(row: AuditEvent) -> dict[str, Any]:
    """The hashed columns of a stored row."""
    return {name: getattr(row, name) for name in COLUMNS}


def private_hash(salt: str, words: str) -> str:
    """Salted SHA-256 of a private part, so that it can be erased and still be verified where present."""
    return hashlib.sha256(f"{salt}:{words}".encode()).hexdigest()


@writes_happenings
def write(session: Session) -> None:
    """Append the act's happenings to the chain. The head is locked late: acts don't wait for the longest."""
    recorded: list[Recorded] = current_act(session).happenings
    head = session.scalars(select(AuditHead).with_for_update().execution_options(populate_existing=True)).one_or_none()
    if head is None:
        head = AuditHead(id=1, number=0, chain=BEGINNING)
        session.add(head)
    for each in recorded:
        row = _row(each, head)
        _keep_private(session, each, row)
        row.chain = link(columns_of(row))
        session.add(row)
        head.number, head.chain = row.number, row.chain
    recorded.clear()


def _row(each: Recorded, head: AuditHead) -> AuditEvent:
    return AuditEvent(
        number=head.number + 1,
        at=each.at.astimezone(UTC).isoformat(timespec="microseconds"),
        tag=each.happening.tag,
        by_kind="system" if each.by.is_system else "person" if each.by.signed_in else "guest",
        by_person_id=each.by.person_id,
        facts=rfc8785.dumps(each.happening.public_part()).decode(),
        private_hash=None,
        previous=head.chain,
    )


def _keep_private(session: Session, each: Recorded, row: AuditEvent) -> None:
    words = each.happening.private_part()
    if each.address:
        words["address"] = each.address
    if words:
        text, salt = json.dumps(words, ensure_ascii=False, sort_keys=True), secrets.token_hex(16)
        row.private_hash = private_hash(salt, text)
        session.add(AuditPrivate(number=row.number, salt=salt, words=text))
