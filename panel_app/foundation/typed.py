"""What somebody typed into a form, where it has to be kept or shown again: never a password, never the token."""

from collections.abc import Iterable

Pairs = list[tuple[str, str]]


def is_secret(name: str) -> bool:
    """Whether a field of this name is a password, which nobody keeps or shows."""
    return "password" in name.lower() or name == "present"


def without_secrets(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The fields of a form that may be kept and shown, in their order."""
    return [(name, text) for name, text in pairs if name != "csrf_token" and not is_secret(name)]
