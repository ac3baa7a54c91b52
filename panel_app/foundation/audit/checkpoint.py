"""Signed checkpoints: size and root of the chain, to be kept elsewhere, so that an older copy shows as older."""

import hashlib
import json

from itsdangerous import BadSignature, Signer
from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.audit.models import AuditEvent, AuditHead
from panel_app.foundation.database import reading


class UnreadableCheckpoint(ValueError):
    """A file that is no checkpoint of ours, or whose signature does not fit."""


def checkpoint(secret: str) -> str:
    """One line: the chain's size, root and time, signed. An empty chain has size 0."""
    head = reading().scalars(select(AuditHead)).one_or_none()
    facts = {
        "number": head.number if head else 0,
        "chain": head.chain if head else "",
        "at": clock.now().isoformat(timespec="seconds"),
    }
    return _signer(secret).sign(json.dumps(facts, sort_keys=True)).decode()


def differs_from(text: str, secret: str) -> str | None:
    """None when the database still holds what the checkpoint saw; else a sentence.

    Raises UnreadableCheckpoint. A newer copy passes an older checkpoint; an older copy fails a newer one.
    """
    number, chain = _read(text, secret)
    if number == 0:
        return None
    found = reading().scalar(select(AuditEvent.chain).filter_by(number=number))
    if found is None:
        return (
            f"row {number}: the checkpoint saw it, this database does not hold it (an older copy, or its end was cut)"
        )
    return None if found == chain else f"row {number}: it is not the row that the checkpoint saw"


def _read(text: str, secret: str) -> tuple[int, str]:
    try:
        facts = json.loads(_signer(secret).unsign(text.strip()))
        return int(facts["number"]), str(facts["chain"])
    except (BadSignature, ValueError, KeyError, TypeError) as error:
        raise UnreadableCheckpoint("the checkpoint can't be read, or its signature does not fit SECRET_KEY") from error


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="audit-checkpoint", digest_method=hashlib.sha256)
