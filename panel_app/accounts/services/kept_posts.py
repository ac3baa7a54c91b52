"""What was posted when a sign-in had ended: kept for the same person, and nobody else, until they sign in again."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from panel_app import clock
from panel_app.accounts.queries import person_of_sign_in
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.jobs.models import KeptPost
from panel_app.foundation.keys import new_key
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.typed import Pairs, without_secrets

# Long enough to come back the next morning; then what may be private is deleted.
KEPT_FOR = timedelta(days=2)
MOST_KEPT = 5
MOST_LETTERS = 512 * 1024


class TooLarge(Exception):
    """More was posted than is kept."""


@dataclass(frozen=True)
class Kept:
    """What was posted, and where to."""

    key: str
    path: str
    pairs: Pairs


def keep_post(token: str | None, path: str, pairs: Pairs) -> str | None:
    """Keep what met an ended sign-in; return the key under which its person finds it, None for nobody's.

    Passwords are not kept. Raises TooLarge beyond MOST_LETTERS letters.
    """
    person_id = person_of_sign_in(token_hash(token)) if token else None
    wanted = without_secrets(pairs)
    if person_id is None or not wanted:
        return None
    if sum(len(name) + len(text) for name, text in wanted) > MOST_LETTERS or len(path) > 500:
        raise TooLarge
    key = new_key()
    with transaction() as db:
        _make_room(person_id)
        row = KeptPost(key_hash=token_hash(key), person_id=person_id, path=path, kept_at=clock.now())
        row.fields = {"pairs": [list(pair) for pair in wanted]}
        db.add(row)
    return key


def is_kept_for(person_id: int, key: str) -> bool:
    """Whether something is kept for this person under this key. One statement."""
    return _row(person_id, key) is not None


def kept_post(actor: Actor, key: str) -> Kept:
    """What was kept. Raises Refused, hidden, for another person's and after KEPT_FOR."""
    row = _row(actor.person_id, key)
    if row is None:
        raise Refused(NOT_FOUND)
    return Kept(key, row.path, [(str(name), str(text)) for name, text in row.fields["pairs"]])


def throw_away(actor: Actor, key: str) -> None:
    """Delete what was kept for oneself. Raises Refused, hidden, for another person's."""
    with transaction() as db:
        row = _row(actor.person_id, key)
        if row is None:
            raise Refused(NOT_FOUND)
        db.delete(row)


def _row(person_id: int | None, key: str) -> KeptPost | None:
    return (
        reading()
        .scalars(
            select(KeptPost)
            .filter_by(person_id=person_id, key_hash=token_hash(key))
            .where(KeptPost.kept_at > clock.now() - KEPT_FOR)
        )
        .one_or_none()
    )


def _make_room(person_id: int) -> None:
    """Delete what is over for everybody, and this person's oldest beyond the most that are kept."""
    with transaction() as db:
        db.execute(delete(KeptPost).where(KeptPost.kept_at <= clock.now() - KEPT_FOR))
        theirs = select(KeptPost).filter_by(person_id=person_id).order_by(KeptPost.kept_at.desc(), KeptPost.id.desc())
        for row in db.scalars(theirs.offset(MOST_KEPT - 1)):
            db.delete(row)
