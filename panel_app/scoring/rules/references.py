"""References of a criterion: places in the evidence, in the assessor's order, as one field of the sheet.

The field's value is a JSON list, written in one way only; an empty list is the empty text. A place is a piece (`E03`,
or a section's id), in it perhaps a page, and on that either words (`quote`, and which of the equal ones: `nth`) or a
box in fractions of the page or picture. `copy` is the panel copy that was looked at, so that a newer one is noticed.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.scoring.rules.fields import Unacceptable, tidy

MOST = 60
"""As many references as a criterion takes: more than anybody follows."""
QUOTE_LETTERS = 500
MOST_PAGES = 100_000
Box = tuple[float, float, float, float]
_KEY = re.compile(r"[0-9a-zA-Z]{8,40}")
_PIECE = re.compile(r"[0-9a-zA-Z._-]{1,64}")

NOT_REFERENCES = N_("These references can't be read. Reload the page, and point to the places again.")
TOO_MANY = N_("There are %(n)s references here. Keep at most %(most)s: the rest is not saved.")
NO_SUCH_PIECE = N_("This portfolio has no piece %(piece)s. Reload the page: what it holds may have changed.")


@dataclass(frozen=True)
class Reference:
    """One place in the evidence. `key` is the page's own id for it; `box`: left, top, width, height, each 0 to 1."""

    key: str
    piece: str
    page: int | None = None
    quote: str = ""
    nth: int = 0
    box: Box | None = None
    copy: str = ""


def parsed(value: str, pieces: Collection[str] | None = None) -> tuple[Reference, ...]:
    """The references that a value holds; with `pieces`, only of these. Raises Unacceptable with what to do."""
    if not value.strip():
        return ()
    try:
        found = tuple(_reference(row) for row in _rows(json.loads(value)))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unacceptable(sentence(NOT_REFERENCES)) from error
    if len(found) > MOST:
        raise Unacceptable(sentence(TOO_MANY, n=len(found), most=MOST))
    if len({each.key for each in found}) != len(found):
        raise Unacceptable(sentence(NOT_REFERENCES))
    for each in found:
        if pieces is not None and each.piece not in pieces:
            raise Unacceptable(sentence(NO_SUCH_PIECE, piece=each.piece))
    return found


def written(references: Sequence[Reference]) -> str:
    """The one way to write them; what isn't there is left out."""
    rows = [_row(each) for each in references]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def merged(base: str, theirs: str, mine: str) -> str:
    """Both changes of `base`: what either took away is gone, what either added stays; theirs come first.

    So references never clash. Beyond MOST the last ones of `mine` are left out.
    """
    old, other, own = ({each.key: each for each in parsed(text)} for text in (base, theirs, mine))
    kept = [each for key, each in other.items() if key in own or key not in old]
    added = [each for key, each in own.items() if key not in old and key not in other]
    return written([*kept, *added][:MOST])


def words(reference: Reference) -> Sentence:
    """The reference as a person reads it: `E03, p. 12: “alert fired at …”`; English, marked for translation."""
    given: dict[str, str | int] = {"piece": reference.piece, "page": reference.page or 0, "quote": reference.quote}
    if reference.page and reference.quote:
        return sentence(N_("%(piece)s, p. %(page)s: “%(quote)s”"), **given)
    if reference.quote:
        return sentence(N_("%(piece)s: “%(quote)s”"), **given)
    if reference.page and reference.box:
        return sentence(N_("%(piece)s, p. %(page)s: a part of the page"), **given)
    if reference.box:
        return sentence(N_("%(piece)s: a part of the picture"), **given)
    return place(reference)


def place(reference: Reference) -> Sentence:
    """Where it points, without the words that stand there: `E03, p. 12`."""
    given: dict[str, str | int] = {"piece": reference.piece, "page": reference.page or 0}
    return sentence(N_("%(piece)s, p. %(page)s"), **given) if reference.page else sentence(N_("%(piece)s"), **given)


def _rows(held: object) -> list[dict[str, Any]]:
    if not isinstance(held, list) or not all(isinstance(row, dict) for row in held):
        raise TypeError("not a list of objects")
    return held


def _reference(row: dict[str, Any]) -> Reference:
    box = row.get("box")
    reference = Reference(
        key=_matching(_KEY, row["key"]),
        piece=_matching(_PIECE, row["piece"]),
        page=_whole(row["page"], 1, MOST_PAGES) if row.get("page") is not None else None,
        quote=" ".join(tidy(row.get("quote", "")).split()),
        nth=_whole(row.get("nth", 0), 0, MOST_PAGES),
        box=_box(box) if box is not None else None,
        copy=_matching(_KEY, row["copy"]) if row.get("copy") else "",
    )
    if len(reference.quote) > QUOTE_LETTERS or (reference.quote and reference.box):
        raise ValueError("a place is words or a box")
    return reference


def _row(each: Reference) -> dict[str, Any]:
    row: dict[str, Any] = {"key": each.key, "piece": each.piece, "page": each.page, "quote": each.quote}
    row |= {"nth": each.nth, "box": list(each.box) if each.box else None, "copy": each.copy}
    return {name: value for name, value in row.items() if value or name in ("key", "piece")}


def _matching(shape: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or not shape.fullmatch(text):
        raise ValueError("not a key")
    return text


def _whole(number: object, least: int, most: int) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise ValueError("not a number in its bounds")
    return number


def _box(sides: object) -> Box:
    if not isinstance(sides, list) or len(sides) != 4:
        raise ValueError("a box has four numbers")
    if not all(isinstance(side, int | float) and not isinstance(side, bool) and 0 <= side <= 1 for side in sides):
        raise ValueError("a box lies on its page")
    left, top, width, height = (round(float(side), 4) for side in sides)
    if width <= 0 or height <= 0 or left + width > 1.0002 or top + height > 1.0002:
        raise ValueError("a box lies on its page")
    return left, top, width, height
