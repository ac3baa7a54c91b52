"""What a name that two facts share is worth: one rule for every detector that goes by names."""

from collections.abc import Iterable

from panel_app.conflicts.rules import Strength, weaker
from panel_app.names import Agreement, closest

CONFIDENCE = {
    Agreement.FULL: 0.9,
    Agreement.SHORT: 0.8,
    Agreement.INITIAL: 0.7,
    Agreement.COMMON: 0.3,
    Agreement.TWO_PEOPLE: 0.2,
    Agreement.FAMILY: 0.2,
    Agreement.NONE: 0.0,
}
"""How sure it is that two names which agree so are of one person."""


def named(mine: Iterable[str], theirs: Iterable[str], strength: Strength) -> tuple[Strength, float, str, str] | None:
    """Return strength, confidence and the two names if some of them may be of one person, else None.

    An unusual name, in full, with an initial or a short form, keeps the strength of its kind. A very common one in full
    is worth one step less: that somebody has it says little. A family name alone is nothing here.
    """
    how, one, other = closest(mine, theirs)
    if how < Agreement.COMMON:
        return None
    return (strength if how.is_close else weaker(strength)), CONFIDENCE[how], one, other
