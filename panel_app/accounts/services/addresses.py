"""A change of address: asked for, made by a link to the new one, stopped by a link to the old one.

The answer says nothing of whether the new address has an account; only its mailbox learns that.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from panel_app import clock
from panel_app.accounts.happenings import (
    AddressChangeAsked,
    AddressChanged,
    AddressChangeGivenUp,
    AddressChangeStopped,
)
from panel_app.accounts.models import AddressChange, Credential, EmailAddress, FormerAddress
from panel_app.accounts.queries import account_by_address, account_of, actor_of
from panel_app.accounts.rules import TokenPurpose, normalised
from panel_app.accounts.services.limits import limits_of, window
from panel_app.accounts.services.links import send_link, tell, until
from panel_app.accounts.services.passwords import end_links
from panel_app.accounts.services.sign_ins import end_all_sign_ins, token_hash
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.keys import new_key
from panel_app.foundation.outbox.post import Recipient, post, post_to, recipient_of
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.throttle import count
from panel_app.foundation.web.links import link
from panel_app.foundation.words import N_

LASTS = timedelta(days=3)
SAME = N_("This is your address already. Enter another one.")
LINK_ENDED = N_("This link has been used, has run out, or a newer one was sent. Ask for the change again.")


def ask_for_address(actor: Actor, email: str, address: str | None) -> None:
    """Send a link to the new address and a notice to the old one; an earlier wish of the person ends.

    Raises Refused for the present address, TooMany beyond the limits of links. `address`: the caller's network address.
    """
    account = account_of(actor.person_id or 0)
    if account is None:
        raise Refused(NOT_FOUND)
    if normalised(email) == normalised(account.address):
        raise Refused(SAME, moment=True)
    count(limits_of("link", email, address), window())
    with transaction() as db:
        _end_open(db, account.id)
        change, confirm, stop = _new_change(account.id, account.address, email.strip())
        db.add(change)
        db.flush()
        _tell_new(account.id, change, confirm)
        href = link("accounts.keep_address", token=stop)
        occasion = f"accounts:address-asked:{change.stop_hash[:32]}"
        post(
            occasion, "accounts/address_asked", account.id, href=href, wanted=change.wanted, until=until(change.ends_at)
        )
        record(AddressChangeAsked(person_id=account.id), by=actor)


def give_up_change(actor: Actor) -> None:
    """Take back one's wish for another address; its links end."""
    with transaction() as db:
        if actor.person_id is not None and _end_open(db, actor.person_id):
            record(AddressChangeGivenUp(person_id=actor.person_id), by=actor)


def change_address(actor: Actor, token: str, this_sign_in: str) -> None:
    """Make the new address the person's own; every sign-in but this one, and every open link, ends.

    Raises Refused when the link is another person's or no longer good, Conflicted when the address was taken meanwhile.
    """
    with transaction() as db:
        change = locked(db, AddressChange, confirm_hash=token_hash(token), person_id=actor.person_id)
        if change is None or not is_open(change) or change.confirmed_at is not None:
            raise Refused(LINK_ENDED, moment=True)
        before = recipient_of(change.person_id)
        _move(db, change.person_id, change.wanted)
        change.confirmed_at = clock.now()
        end_links(change.person_id)
        end_all_sign_ins(change.person_id, but=this_sign_in)
        _tell_old(change, before)
        record(AddressChanged(person_id=change.person_id, before=change.before, after=change.wanted), by=actor)


def stop_change(token: str) -> None:
    """Keep, or put back, the old address: somebody else asked. Sign-ins, links and the password end.

    A link for a new password goes to the old address. Raises Refused when the link is no longer good, Conflicted when
    the old address has become another person's.
    """
    with transaction() as db:
        change = locked(db, AddressChange, stop_hash=token_hash(token))
        if change is None or not is_open(change):
            raise Refused(LINK_ENDED, moment=True)
        owner = actor_of(change.person_id)
        if change.confirmed_at is not None:
            _move(db, change.person_id, change.before)
            record(AddressChanged(person_id=change.person_id, before=change.wanted, after=change.before), by=owner)
        _end_all(db, change.person_id)
        end_all_sign_ins(change.person_id)
        end_links(change.person_id)
        db.execute(delete(Credential).where(Credential.person_id == change.person_id))
        account = account_of(change.person_id)
        assert account is not None
        send_link(owner, account, TokenPurpose.RESET)
        record(AddressChangeStopped(person_id=change.person_id), by=owner)


def is_open(change: AddressChange) -> bool:
    """Whether the change can still be stopped: nobody ended it, and its time is not over."""
    return change.ended_at is None and change.ends_at > clock.now()


def _new_change(person_id: int, before: str, wanted: str) -> tuple[AddressChange, str, str]:
    """The row, and the two tokens that only the mails hold."""
    confirm, stop, now = new_key(), new_key(), clock.now()
    hashes = {"confirm_hash": token_hash(confirm), "stop_hash": token_hash(stop)}
    change = AddressChange(
        person_id=person_id, before=before, wanted=wanted, asked_at=now, ends_at=now + LASTS, **hashes
    )
    return change, confirm, stop


def _end_open(db: Session, person_id: int) -> bool:
    """End the wish that is still open; gives whether there was one."""
    waiting = select(AddressChange).filter_by(person_id=person_id, confirmed_at=None, ended_at=None)
    found = db.scalars(waiting.with_for_update()).one_or_none()
    if found is not None:
        found.ended_at = clock.now()
        db.flush()
    return found is not None


def _end_all(db: Session, person_id: int) -> None:
    """End every change of a person, made or not: none that a stranger asked for may be stopped back to theirs."""
    for each in db.scalars(select(AddressChange).filter_by(person_id=person_id, ended_at=None)):
        each.ended_at = clock.now()
    db.flush()


def _move(db: Session, person_id: int, wanted: str) -> None:
    """Write the new address; the one before is kept as a former one. Raises Conflicted for a taken address."""
    row = locked(db, EmailAddress, person_id=person_id)
    assert row is not None
    now = clock.now()
    db.add(FormerAddress(person_id=person_id, typed=row.typed, until=now))
    row.typed, row.normalised, row.confirmed_at, row.refused_at = wanted, normalised(wanted), now, None
    db.flush()


def _tell_new(person_id: int, change: AddressChange, confirm: str) -> None:
    """The link to the new address; the owner of an account there is told so instead."""
    taken = account_by_address(change.wanted)
    if taken is not None:
        tell(taken, "already")
        return
    mine = recipient_of(person_id)
    to = Recipient(change.wanted, "", mine.zone if mine else None, mine.locale if mine else "en", refused=False)
    href = link("accounts.new_address", token=confirm)
    occasion = f"accounts:new-address:{change.confirm_hash[:32]}"
    post_to(to, occasion, "accounts/new_address", href=href, until=until(change.ends_at))


def _tell_old(change: AddressChange, before: Recipient | None) -> None:
    """That the change is made; the link of the earlier notice still stops it."""
    if before is not None and not before.refused:
        occasion = f"accounts:address-changed:{change.stop_hash[:32]}"
        post_to(before, occasion, "accounts/address_changed", until=until(change.ends_at))
