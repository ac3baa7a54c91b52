"""Pages of a list: cut in the database, named in the address as `?page=2`, printed by the macro `pager`."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, request
from flask_babel import gettext

MOST_DIGITS = 6


@dataclass(frozen=True)
class Pager:
    """What the macro prints: a sentence and the addresses of the pages beside this one."""

    sentence: str
    previous: str | None
    next: str | None


def only(*names: str) -> None:
    """Refuse an address with a parameter that its page does not know: 400, so that none is ignored in silence."""
    if set(request.args) - set(names):
        abort(400)


def page_number() -> int:
    """The page that the address asks for, from 1; anything else than a number is the first."""
    text = request.args.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 1


def pager(number: int, total: int, size: int) -> Pager:
    """The pager of this request's page: `number` from 1, `total` rows in all, `size` rows a page."""
    first = (number - 1) * size + 1
    last = min(number * size, total)
    words = gettext("%(first)s to %(last)s of %(total)s", first=first, last=last, total=total)
    if not total:
        words = gettext("none")
    elif first > total:
        words = gettext("beyond the last of %(total)s", total=total)
    return Pager(words, _address(number - 1) if number > 1 else None, _address(number + 1) if last < total else None)


def _address(number: int) -> str:
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*pairs, ('page', number)])}"
