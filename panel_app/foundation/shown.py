"""What a page showed, as a digest: a form carries it, and an act on something that has changed since is refused."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypeAlias

import rfc8785

_Plain: TypeAlias = "bool | int | str | Sequence[_Plain] | Mapping[str, _Plain] | None"


def digest(shown: object) -> str:
    """SHA-256 in hex of frozen rows: dataclasses, tuples, text, numbers, exact fractions and instants.

    Raises TypeError for anything else, so that nothing is left out of a digest unseen.
    """
    return hashlib.sha256(rfc8785.dumps(_plain(shown))).hexdigest()


def _plain(value: object) -> _Plain:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)  # the value of a StrEnum
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} can't be told apart in a digest")
