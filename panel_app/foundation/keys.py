"""Public keys: what stands in addresses, file names, mails and answers instead of integer ids."""

import base64
import secrets

from werkzeug.routing import BaseConverter

LENGTH = 26


def new_key() -> str:
    """A random key of 128 bits as 26 lower-case letters and digits of base32."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


class KeyConverter(BaseConverter):
    """`<key:portfolio>` in a route: anything that can't be a key is not found."""

    regex = f"[a-z2-7]{{{LENGTH}}}"
