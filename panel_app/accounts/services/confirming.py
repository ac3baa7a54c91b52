"""The second question: password, and code where there is a device, given anew by a person who has signed in."""

from datetime import timedelta

import structlog
from flask import current_app

from panel_app import clock
from panel_app.accounts.happenings import SignInConfirmed, SignInRefused
from panel_app.accounts.models import SecondFactor, SignIn
from panel_app.accounts.queries import confirmed_at
from panel_app.accounts.services.limits import window
from panel_app.accounts.services.passwords import WRONG_PASSWORD, hash_of, matches
from panel_app.accounts.services.second_factor import WRONG_CODE, take_code
from panel_app.accounts.services.sign_ins import new_token, token_hash
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import locked, transaction
from panel_app.foundation.happenings import record
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.throttle import Limit, bucket, count, give_back

log = structlog.get_logger()


def is_confirmed(token: str) -> bool:
    """Whether the second question was answered for this sign-in within the last CONFIRM_MINUTES."""
    answered, minutes = confirmed_at(token_hash(token)), current_app.config["SETTINGS"].confirm_minutes
    return answered is not None and clock.now() - answered < timedelta(minutes=minutes)


def confirm_sign_in(actor: Actor, password: str, code: str, token: str) -> str:
    """Check password and, where a device is set up, code; the sign-in goes on under the new token that is returned.

    Raises Refused, or TooMany as at sign-in.
    """
    assert actor.person_id is not None
    limits = [Limit(bucket("confirm", "account", actor.key), current_app.config["SETTINGS"].sign_in_limit_account)]
    count(limits, window())
    if not matches(hash_of(actor.person_id), password):
        with transaction():
            record(SignInRefused(person_id=actor.person_id), by=actor)
        log.warning("sign_in_refused", step="asked again", person=actor.key)
        raise Refused(WRONG_PASSWORD, moment=True)
    with transaction() as db:
        device = locked(db, SecondFactor, person_id=actor.person_id)
        if device is not None and device.confirmed_at is not None and not take_code(device, code):
            log.warning("sign_in_refused", step="code asked again", person=actor.key)
            raise Refused(WRONG_CODE, moment=True)
        row = locked(db, SignIn, token_hash=token_hash(token), person_id=actor.person_id, revoked_at=None)
        if row is None:
            raise Refused(NOT_FOUND)
        fresh = new_token()
        row.token_hash, row.confirmed_at = token_hash(fresh), clock.now()
        record(SignInConfirmed(person_id=actor.person_id), by=actor)
    give_back(limits, window())
    return fresh
