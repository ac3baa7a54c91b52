"""Absolute addresses for mails: built from BASE_URL alone, never from a request's Host."""

from urllib.parse import urlsplit

from flask import current_app


def link(endpoint: str, **values: str) -> str:
    """The full address of a page. Works in a job too, where there is no request."""
    base = current_app.config["SETTINGS"].base_url
    return f"{base}{current_app.url_map.bind(urlsplit(base).netloc).build(endpoint, values)}"


def own_path(target: str | None) -> str | None:
    """`target` when it is a path of ours, else none: another host, scheme, user part or control is refused."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    parts = urlsplit(target)
    suspect = any(ord(sign) < 33 or sign in "\\@" or ord(sign) == 127 for sign in target)
    lowered = target.lower()
    encoded = any(bad in lowered.split("?")[0] for bad in ("%2f", "%5c", "%0", "%1", "//"))
    return None if parts.scheme or parts.netloc or suspect or encoded else target
