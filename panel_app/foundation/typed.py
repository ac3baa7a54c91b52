"""What somebody typed into a form, where it is kept or shown again: never a password or code, never the token."""

from collections.abc import Iterable

Pairs = list[tuple[str, str]]
SECRET_NAMES = frozenset({"present", "one_time_code"})
"""Fields of secrets whose names don't say "password"; a test holds them against the forms."""


def is_secret(name: str) -> bool:
    """Whether a field of this name is a password or a code, which nobody keeps or shows."""
    return "password" in name.lower() or name in SECRET_NAMES


def without_secrets(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The fields of a form that may be kept and shown, in their order."""
    return [(name, text) for name, text in pairs if name != "csrf_token" and not is_secret(name)]
