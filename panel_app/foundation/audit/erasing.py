"""Erasing words beside the chain: the rows of the chain stay, their hashes too, and it verifies as before."""

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, or_, select

from panel_app.foundation.audit.models import AuditEvent, AuditPrivate
from panel_app.foundation.database import transaction
from panel_app.foundation.wording import pattern_of


def forget_words_of(person_id: int, naming: Collection[str]) -> None:
    """Delete the private words of what a person did, of what was done to them, and those that name them.

    With them go the network addresses from which the person acted. Call it inside the act that erases the person:
    that act is the trace. `naming`: their names and addresses.
    """
    with transaction() as db:
        theirs = select(AuditEvent.number).where(_by_or_about(person_id))
        db.execute(delete(AuditPrivate).where(AuditPrivate.number.in_(theirs)))
        pattern, wanted = pattern_of(naming), [word for word in naming if word.strip()]
        holds = [AuditPrivate.words.icontains(_as_json(word), autoescape=True) for word in wanted]
        rows = db.execute(select(AuditPrivate.number, AuditPrivate.words).where(or_(False, *holds))).all()
        named = [number for number, words in rows if any(map(pattern.search, _texts(words)))]
        db.execute(delete(AuditPrivate).where(AuditPrivate.number.in_(named)))


def _by_or_about(person_id: int) -> ColumnElement[bool]:
    fact = f'"person_id":{person_id}'
    return or_(
        AuditEvent.by_person_id == person_id,
        AuditEvent.facts.contains(f"{fact},", autoescape=True),
        AuditEvent.facts.contains(f"{fact}}}", autoescape=True),
    )


def _as_json(word: str) -> str:
    """A word as it stands inside a JSON text."""
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _texts(words: str) -> list[str]:
    return [str(value) for value in json.loads(words).values()]
