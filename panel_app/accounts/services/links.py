"""One-time links: 128 random bits, stored hashed, bound to purpose, person and address; a newer one ends the older."""

from datetime import datetime, timedelta

from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.happenings import LinkSent
from panel_app.accounts.models import OneTimeToken
from panel_app.accounts.queries import Account
from panel_app.accounts.rules import TokenPurpose
from panel_app.accounts.services.sign_ins import token_hash
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.outbox.post import post
from panel_app.foundation.web.links import link

LASTS = {
    TokenPurpose.CONFIRM: timedelta(days=3),
    TokenPurpose.RESET: timedelta(minutes=30),
    TokenPurpose.INVITE: timedelta(days=14),
}
PAGES = {
    TokenPurpose.CONFIRM: "accounts.complete",
    TokenPurpose.RESET: "accounts.reset",
    TokenPurpose.INVITE: "accounts.complete",
}


def send_link(actor: Actor, account: Account, purpose: TokenPurpose) -> str:
    """Write the mail with a new link and return the link; older ones for the same purpose end."""
    token, now = new_key(), clock.now()
    with transaction() as db:
        for older in db.scalars(select(OneTimeToken).filter_by(person_id=account.id, purpose=purpose, used_at=None)):
            older.used_at = now
        row = OneTimeToken(
            person_id=account.id,
            email_id=account.email_id,
            purpose=purpose,
            token_hash=token_hash(token),
            created_at=now,
            ends_at=now + LASTS[purpose],
        )
        db.add(row)
        db.flush()
        href = link(PAGES[purpose], token=token)
        occasion = f"accounts:{purpose.value}:{row.token_hash[:32]}"
        post(occasion, f"accounts/{purpose.value}", account.id, href=href, until=until(row.ends_at))
        record(LinkSent(person_id=account.id, purpose=purpose.value), by=actor)
    return href


def until(instant: datetime) -> str:
    """When a link ends, as a mail says it: in UTC, since the reader's zone may not be known yet."""
    return f"{instant.day} {instant:%b %Y %H:%M} UTC"


def tell(account: Account, kind: str) -> None:
    """Write a mail that holds no link with a right: that there is an account already, that a password changed."""
    with transaction():
        post(f"accounts:{kind}:{account.key}:{new_key()}", f"accounts/{kind}", account.id)
