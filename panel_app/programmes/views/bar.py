"""The round in the bar: which one this page is about, and the way to the reader's other rounds."""

from dataclasses import dataclass

from flask import request, url_for

from panel_app.foundation.actors import Actor, actor
from panel_app.programmes.queries import RoundName, names_of_rounds

MOST = 12
"""Rounds in the bar's list, the latest first; all stand on the page of rounds."""


@dataclass(frozen=True)
class OtherRound:
    """A line of the list."""

    text: str
    href: str


@dataclass(frozen=True)
class RoundBar:
    """The round of this page and the others."""

    code: str
    title: str
    others: tuple[OtherRound, ...]


def round_bar() -> RoundBar | None:
    """The round of this page, where the reader has a role in it; else none. One statement on a round's page."""
    key, viewer = (request.view_args or {}).get("round_key"), actor()
    names = names_of_rounds(viewer, key, MOST) if key and viewer.signed_in else []
    here = next((name for name in names if name.key == key), None)
    if here is None:
        return None
    others = tuple(OtherRound(name.code, _address(viewer, name)) for name in names if name is not here)
    return RoundBar(here.code, here.title, others)


def _address(viewer: Actor, name: RoundName) -> str:
    """The same page of the other round where it has one; else that round's own page."""
    is_per_round = set(request.view_args or {}) == {"round_key"} and request.method == "GET"
    endpoint = request.endpoint if is_per_round and viewer.runs(name.id) else None
    return url_for(endpoint or "programmes.show", round_key=name.key)
