"""Coming in: signing up, signing in, asking for a link. Known and unknown addresses are answered alike."""

from dataclasses import dataclass

import structlog

from panel_app import clock
from panel_app.accounts.happenings import PasswordChanged, SignInRefused
from panel_app.accounts.models import OneTimeToken, Person
from panel_app.accounts.queries import Account, account_by_address, account_of, live_token
from panel_app.accounts.rules import PersonState, TokenPurpose
from panel_app.accounts.services.limits import limits_of, window
from panel_app.accounts.services.links import send_link, tell
from panel_app.accounts.services.passwords import hash_of, hashed, matches, refresh_hash, store_password
from panel_app.accounts.services.people import confirm, new_person
from panel_app.accounts.services.sign_ins import begin_sign_in, end_all_sign_ins, token_hash
from panel_app.foundation.actors import GUEST, Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import Refused
from panel_app.foundation.throttle import count, give_back
from panel_app.foundation.words import N_

log = structlog.get_logger()

NO_MATCH = N_("No account has this address and this password together. Check both, or ask for a new password.")
LINK_ENDED = N_("This link has been used, has run out, or a newer one was sent. Ask for a new one.")


@dataclass(frozen=True)
class Entered:
    """A person who has just come in, and the token for the cookie."""

    person_id: int
    token: str


def sign_in(email: str, password: str, address: str | None, agent: str = "") -> Entered:
    """Check a password and begin a sign-in. Raises Refused, or TooMany when a limit is reached."""
    limits, length = limits_of("sign-in", email, address), window()
    count(limits, length)
    account = account_by_address(email)
    is_open = account is not None and account.state is PersonState.ACTIVE
    secret = hash_of(account.id if account else None)
    if not matches(secret, password) or account is None or not is_open:
        with transaction():
            record(SignInRefused(person_id=account.id if account else None), by=GUEST)
        log.warning("sign_in_refused", step="password", person=account.key if account else "unknown")
        raise Refused(NO_MATCH, moment=True)
    give_back(limits, length)
    refresh_hash(account.id, secret, password)
    return Entered(account.id, begin_sign_in(account.id, agent))


def sign_up(name: str, email: str, zone: str | None, address: str | None) -> None:
    """Begin an account: only the mailbox learns whether there was one. Raises TooMany.

    A new address becomes a person who is completed by the mail's link; an invited one gets that link again; the
    owner of an open account is told so. A stranger's name never replaces the one that an inviter gave.
    """
    count(limits_of("link", email, address), window())
    with transaction():
        account = account_by_address(email)
        if account is None:
            person = new_person(GUEST, name, email, how="signed up", zone=zone)
            account = account_of(person.id)
        assert account is not None
        if account.state is PersonState.INVITED:
            send_link(GUEST, account, TokenPurpose.CONFIRM)
        elif account.state is PersonState.ACTIVE:
            tell(account, "already")


def ask_for_reset(email: str, address: str | None) -> None:
    """Send a link for a new password, or for the first one, if the address has an account. Raises TooMany."""
    count(limits_of("link", email, address), window())
    with transaction():
        account = account_by_address(email)
        if account is not None and account.state is PersonState.ACTIVE:
            send_link(GUEST, account, TokenPurpose.RESET)
        elif account is not None and account.state is PersonState.INVITED:
            send_link(GUEST, account, TokenPurpose.CONFIRM)


def complete(token: str, name: str, password: str, zone: str | None, agent: str = "") -> Entered:
    """Open the account behind a link: name, first password, confirmed address; begin a sign-in.

    Raises Refused when the link is no longer good.
    """
    secret = hashed(password)
    with transaction() as db:
        row = _use(token, TokenPurpose.CONFIRM, TokenPurpose.INVITE)
        person = locked(db, Person, id=row.person_id)
        assert person is not None
        person.name, person.zone = name.strip(), zone or person.zone
        confirm(_as(person), person)
        store_password(person.id, secret)
        return Entered(person.id, begin_sign_in(person.id, agent))


def reset(token: str, password: str) -> None:
    """Set a new password by a link; all sign-ins and other links end. Raises Refused when it is no longer good."""
    secret = hashed(password)
    with transaction() as db:
        row = _use(token, TokenPurpose.RESET)
        person = locked(db, Person, id=row.person_id)
        assert person is not None
        store_password(person.id, secret)
        end_all_sign_ins(person.id)
        record(PasswordChanged(person_id=person.id), by=_as(person))
        account = account_of(person.id)
        assert account is not None
        tell(account, "password_changed")


def account_of_link(token: str, *purposes: TokenPurpose) -> Account | None:
    """Whose link this is, while it is good; nothing is changed."""
    return live_token(token_hash(token), purposes, clock.now())


def _use(token: str, *purposes: TokenPurpose) -> OneTimeToken:
    with transaction() as db:
        row = locked(db, OneTimeToken, token_hash=token_hash(token))
        if row is None or account_of_link(token, *purposes) is None:
            raise Refused(LINK_ENDED, moment=True)
        row.used_at = clock.now()
        db.flush()
        return row


def _as(person: Person) -> Actor:
    return Actor(person_id=person.id, key=person.key, name=person.name)
