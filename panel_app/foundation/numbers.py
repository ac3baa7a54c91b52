"""Exact numbers: how they come in, and the one way in which they are printed."""

from collections.abc import Collection
from fractions import Fraction

PLACES = 3
"""Decimals to which a figure is rounded (half away from zero)."""
LEAST_PLACES = 2
"""Decimals that are always shown."""


def exact(value: int | float | str) -> Fraction:
    """Return a number of a JSON block as the fraction that a person wrote: 2.5 is 5/2, 0.1 is 1/10.

    Raises ValueError for what is no finite number, and for a boolean.
    """
    if isinstance(value, bool):
        raise ValueError("a number is needed, not yes or no")
    return Fraction(str(value))


def shown(value: Fraction, marks: Collection[Fraction] = ()) -> str:
    """Print a figure: three decimals, at least two shown ("2.475", "2.50").

    Where rounding would put it on the other side of one of the `marks`, or on it, while the exact value is not there,
    the words say so: "just below 2.5", "just above 2.75".
    """
    rounded = _rounded(value)
    hidden = [mark for mark in marks if mark != value and _side(rounded, mark) != _side(value, mark)]
    if not hidden:
        return _decimals(rounded)
    nearest = min(hidden, key=lambda mark: (abs(mark - value), mark))
    return f"just {'below' if value < nearest else 'above'} {written(nearest)}"


def written(value: Fraction) -> str:
    """Print a number as people write a limit: "2.5", "2", "0.75"; one that no decimals end, as a fraction: "7/3"."""
    rounded = _rounded(value)
    return _decimals(rounded, least=0) if rounded == value else str(value)


def checkable(value: Fraction) -> str:
    """Print a figure so that one can reckon on with it: decimals where three tell it all, else the fraction."""
    return shown(value) if _rounded(value) == value else f"{value} (about {shown(value)})"


def _rounded(value: Fraction) -> Fraction:
    scale = 10**PLACES
    whole = (abs(value) * scale * 2 + 1) // 2
    return Fraction(whole if value >= 0 else -whole, scale)


def _decimals(rounded: Fraction, least: int = LEAST_PLACES) -> str:
    whole, part = divmod(abs(int(rounded * 10**PLACES)), 10**PLACES)
    decimals = f"{part:0{PLACES}d}".rstrip("0").ljust(least, "0")
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def _side(value: Fraction, mark: Fraction) -> int:
    return (value > mark) - (value < mark)
