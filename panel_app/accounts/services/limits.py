"""How often one may try: what is counted for sign-ins and for mails with a link."""

from datetime import timedelta

from flask import current_app

from panel_app.accounts.rules import normalised
from panel_app.foundation.throttle import Limit, bucket, network_of


def limits_of(act: str, email: str, address: str | None) -> list[Limit]:
    """Narrow ones first. One account, one network address, all together: the numbers are settings."""
    settings = current_app.config["SETTINGS"]
    return [
        Limit(bucket(act, "address", network_of(address)), settings.sign_in_limit_address),
        Limit(bucket(act, "account", normalised(email)), settings.sign_in_limit_account),
        Limit(bucket(act, "global"), settings.sign_in_limit_global),
    ]


def window() -> timedelta:
    """How long a count lasts."""
    return timedelta(minutes=current_app.config["SETTINGS"].sign_in_window_minutes)
