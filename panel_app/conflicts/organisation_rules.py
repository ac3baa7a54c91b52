"""Which of two people's organisations are one."""

from collections.abc import Iterable
from datetime import date

from panel_app.conflicts.rules import Affiliation
from panel_app.names import organisation_keys


def present(affiliations: Iterable[Affiliation]) -> list[Affiliation]:
    """Return those that last."""
    return [each for each in affiliations if each.until is None]


def left_since(affiliations: Iterable[Affiliation], since: date) -> list[Affiliation]:
    """Return those that ended on `since` or later."""
    return [each for each in affiliations if each.until is not None and each.until >= since]


def both_at(mine: Iterable[Affiliation], theirs: Iterable[Affiliation]) -> frozenset[str]:
    """Return the keys of the organisations that stand on both sides."""
    return _keys(mine) & _keys(theirs)


def others_than(keys: frozenset[str], affiliations: Iterable[Affiliation]) -> list[Affiliation]:
    """Return those that are none of some organisations."""
    return [each for each in affiliations if not organisation_keys(each.name) & keys]


def _keys(affiliations: Iterable[Affiliation]) -> frozenset[str]:
    return frozenset(key for each in affiliations for key in organisation_keys(each.name))


def met(
    mine: Iterable[Affiliation], theirs: Iterable[Affiliation]
) -> tuple[Affiliation, Affiliation, frozenset[str]] | None:
    """Return the first pair by name that is one organisation, with the keys of all that are shared, or None."""
    others = list(theirs)
    pairs = [
        (one, other, shared)
        for one in mine
        for other in others
        if (shared := organisation_keys(one.name) & organisation_keys(other.name))
    ]
    if not pairs:
        return None
    one, other, _ = min(pairs, key=lambda each: (each[0].name, each[1].name, str(each[0].until), str(each[1].until)))
    return one, other, frozenset().union(*(shared for _, _, shared in pairs))
