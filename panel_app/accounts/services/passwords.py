"""Passwords: hashed by argon2 outside any transaction, checked in the same time for known and unknown accounts."""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.happenings import PasswordChanged
from panel_app.accounts.models import Credential, OneTimeToken
from panel_app.accounts.queries import account_of
from panel_app.accounts.rules import SHORTEST_PART, password_refusal
from panel_app.accounts.services.sign_ins import end_all_sign_ins
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, reading, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused
from panel_app.foundation.words import N_, Sentence

COMMON = Path(__file__).parent.parent / "data" / "common_passwords.txt"
OWN_WORDS = ("panel", "panel app", "portfolio", "portfolios", "assessment", "assessor", "candidate", "coordinator")
WRONG_PASSWORD = N_("The present password is not right. Type it again.")


def hashed(password: str) -> str:
    """The argon2id hash that is stored."""
    return _hasher(current_app.config["SETTINGS"].panel_env == "test").hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the account's; without a hash the same work is done, so that time says nothing."""
    hasher = _hasher(current_app.config["SETTINGS"].panel_env == "test")
    try:
        hasher.verify(password_hash or _nobodys(current_app.config["SETTINGS"].panel_env == "test"), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def hash_of(person_id: int | None) -> str | None:
    """The stored hash of a person's password, or None. One statement, for nobody too."""
    found = reading().scalar(select(Credential.password_hash).where(Credential.person_id == (person_id or 0)))
    reading().rollback()
    return found


def refresh_hash(person_id: int, password_hash: str | None, password: str) -> None:
    """Store the hash anew when the house's cost has changed since; sign-ins and links stay."""
    hasher = _hasher(current_app.config["SETTINGS"].panel_env == "test")
    if password_hash is None or not hasher.check_needs_rehash(password_hash):
        return
    secret = hashed(password)
    with transaction() as db:
        row = locked(db, Credential, person_id=person_id)
        if row is not None and row.password_hash == password_hash:
            row.password_hash = secret


def refusal_of(password: str, *own_words: str) -> Sentence | None:
    """Why a password isn't taken: too short, well known, or a name; `own_words` are the person's name and address."""
    settings = current_app.config["SETTINGS"]
    host = (urlsplit(settings.base_url).hostname or "").split(".")
    institute = [*host, *settings.mail_from.replace("@", " ").replace("<", " ").replace(">", " ").split()]
    return password_refusal(password, _common(), [*OWN_WORDS, *institute, *own_words])


def change_password(actor: Actor, present: str, password: str, token: str) -> None:
    """Change one's own password; every sign-in but this one ends. Raises Refused when `present` is not right."""
    assert actor.person_id is not None
    if not matches(hash_of(actor.person_id), present):
        raise Refused(WRONG_PASSWORD, moment=True)
    secret = hashed(password)
    with transaction():
        store_password(actor.person_id, secret)
        end_all_sign_ins(actor.person_id, but=token)
        record(PasswordChanged(person_id=actor.person_id), by=actor)


def store_password(person_id: int, secret: str) -> None:
    """Write the hash and end the person's open links."""
    with transaction() as db:
        row = locked(db, Credential, person_id=person_id)
        if row is None:
            db.add(Credential(person_id=person_id, password_hash=secret, changed_at=clock.now()))
        else:
            row.password_hash, row.changed_at = secret, clock.now()
        end_links(person_id)


def end_links(person_id: int) -> None:
    """End every open link of a person."""
    with transaction() as db:
        for link in db.scalars(select(OneTimeToken).filter_by(person_id=person_id, used_at=None)):
            link.used_at = clock.now()


def own_words_of(person_id: int) -> tuple[str, ...]:
    """The words of a person that are no password: the name, the address, and the parts of both."""
    account = account_of(person_id)
    if account is None:
        return ()
    first, _, host = account.address.partition("@")
    parts = [part for part in re.split(r"[\W\d_]+", account.address) if len(part) >= SHORTEST_PART]
    return (account.name, *account.name.split(), account.address, first, *host.split("."), *parts)


@lru_cache(maxsize=2)
def _hasher(cheap: bool) -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()


@lru_cache(maxsize=2)
def _nobodys(cheap: bool) -> str:
    return _hasher(cheap).hash("the password of nobody")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415  megabytes of words: read when first needed

    lines = COMMON.read_text(encoding="utf-8").splitlines()
    ours = (line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))
    return frozenset((*ours, *(word.casefold() for word in FREQUENCY_LISTS["passwords"])))
