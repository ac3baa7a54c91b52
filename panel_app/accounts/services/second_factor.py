"""A second factor: six digits that a device makes from a secret and the time (TOTP, RFC 6238)."""

import hmac
from datetime import timedelta
from unicodedata import decimal

import pyotp
import structlog
from flask import current_app

from panel_app import clock
from panel_app.accounts.happenings import SecondFactorRemoved, SecondFactorSet
from panel_app.accounts.models import SecondFactor
from panel_app.accounts.queries import account_by_address, account_of, second_factor_of
from panel_app.accounts.services.sign_ins import begin_sign_in, end_all_sign_ins, end_sign_in
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.throttle import Limit, bucket, count, give_back
from panel_app.foundation.words import N_

log = structlog.get_logger()

ROLES = (Role.ADMIN, Role.COORDINATOR, Role.MODERATOR)
STEP = 30
WRONG_CODE = N_("This code is not right, or was used already. Wait for the next one and type it in.")


def is_needed(actor: Actor) -> bool:
    """Whether this person must give a code: by role, where the installation requires it."""
    return current_app.config["SETTINGS"].require_second_factor and any(actor.holds(role) for role in ROLES)


def begin_set_up(actor: Actor) -> None:
    """Draw a secret for a person who has no confirmed one; one that was never confirmed is drawn anew."""
    assert actor.person_id is not None
    with transaction() as db:
        row = locked(db, SecondFactor, person_id=actor.person_id)
        if row is None:
            db.add(SecondFactor(person_id=actor.person_id, secret=pyotp.random_base32()))
        elif row.confirmed_at is None:
            row.secret = pyotp.random_base32()


def set_up_address(actor: Actor) -> tuple[str, str] | None:
    """The `otpauth:` address and the secret to show, while the set-up is not confirmed; else None."""
    assert actor.person_id is not None
    known, account = second_factor_of(actor.person_id), account_of(actor.person_id)
    if known is None or known[1] or account is None:
        return None
    address = pyotp.TOTP(known[0]).provisioning_uri(name=account.address, issuer_name="panel")
    return address, known[0]


def give_code(actor: Actor, code: str, token: str, agent: str) -> str:
    """Check a code, end the present sign-in and return the token of a new one that counts in full.

    The first right code confirms the set-up. Raises Refused, or TooMany as for passwords.
    """
    assert actor.person_id is not None
    settings = current_app.config["SETTINGS"]
    limits = [Limit(bucket("code", "account", actor.key), settings.sign_in_limit_account)]
    window = timedelta(minutes=settings.sign_in_window_minutes)
    count(limits, window)
    with transaction() as db:
        row = locked(db, SecondFactor, person_id=actor.person_id)
        if row is None or not take_code(row, code):
            log.warning("sign_in_refused", step="code", person=actor.key)
            raise Refused(WRONG_CODE, moment=True)
        if row.confirmed_at is None:
            row.confirmed_at = clock.now()
            record(SecondFactorSet(person_id=actor.person_id), by=actor)
        end_sign_in(actor, token)
        fresh = begin_sign_in(actor.person_id, agent, second_factor=True)
    give_back(limits, window)
    return fresh


def remove_second_factor(actor: Actor, email: str) -> None:
    """Remove a lost device's secret: the person sets up a new one. For operators, who know whom they talk to."""
    account = account_by_address(email)
    if account is None:
        raise Refused(NOT_FOUND)
    with transaction() as db:
        row = locked(db, SecondFactor, person_id=account.id)
        if row is not None:
            db.delete(row)
            end_all_sign_ins(account.id)
            record(SecondFactorRemoved(person_id=account.id), by=actor)


def take_code(row: SecondFactor, code: str) -> bool:
    """Whether this is a code of the device, not taken before; from now on it is. The row is locked by the caller."""
    step = _step_of(row, code)
    if step is not None:
        row.last_step = step
    return step is not None


def _step_of(row: SecondFactor, code: str) -> int | None:
    """The half minute that a code belongs to: this one or a neighbour, later than the last one taken."""
    digits = "".join(str(decimal(sign)) for sign in code if sign.isdecimal())  # a keyboard may write ٤ or ４ for 4
    now = int(clock.now().timestamp()) // STEP
    maker = pyotp.TOTP(row.secret)
    fitting = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(maker.at(step * STEP), digits)]
    return next((step for step in fitting if step > row.last_step), None)
