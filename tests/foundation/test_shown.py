"""Digests of what a page showed."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import pytest

from panel_app.foundation.shown import digest


class Kind(StrEnum):
    """A kind."""

    SMALL = "small"


@dataclass(frozen=True)
class Row:
    """A row of a page."""

    kind: Kind
    value: Fraction
    texts: tuple[str, ...] = ()
    reason: str | None = None


def test_equal_rows_have_one_digest() -> None:
    assert digest((Row(Kind.SMALL, Fraction(2, 4)),)) == digest((Row(Kind.SMALL, Fraction(1, 2)),))


@pytest.mark.parametrize(
    "other",
    [
        Row(Kind.SMALL, Fraction(1, 3)),
        Row(Kind.SMALL, Fraction(1, 2), reason=""),
        Row(Kind.SMALL, Fraction(1, 2), ("a", "b")),
        Row(Kind.SMALL, Fraction(1, 2), ("ab",)),
    ],
)
def test_any_difference_shows(other: Row) -> None:
    found = {
        digest(Row(Kind.SMALL, Fraction(1, 2))),
        digest(other),
        digest(Row(Kind.SMALL, Fraction(1, 2), ("b", "a"))),
    }

    assert len(found) == 3


def test_what_has_no_one_text_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        digest((Row(Kind.SMALL, Fraction(1)), {"a", "b"}))
