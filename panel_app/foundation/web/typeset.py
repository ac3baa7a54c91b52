"""Where a line may end: codes and references stay whole, addresses break at their signs."""

import re

from markupsafe import Markup, escape

LONGEST = 20
"""Characters of a code that stays on one line; a longer one may break at its hyphens, on a phone it has to."""
_FOUND = re.compile(
    r"(?P<code>(?<![\w/.@-])[A-Z]{2,}(?:-[A-Z0-9]+)+(?![\w@-]))"
    r"|(?P<local>(?<![^\s@<>])[^\s@<>]+)@(?P<domain>[\w-]+(?:\.[\w-]+)+)"  # from a word's start alone: linear
)


def whole(text: object) -> Markup:
    """A text for a page, with `PSF-6` and `CPAP-26A-K7Q2` unbroken; Markup stays as it is.

    An address may break after its @ and before each dot, so that a narrow column doesn't cut a word.
    """
    if isinstance(text, Markup):
        return text
    words, parts, end = str(text), [Markup()], 0
    for found in _FOUND.finditer(words):
        parts += [escape(words[end : found.start()]), _set(found)]
        end = found.end()
    return Markup().join([*parts, escape(words[end:])])


def _set(found: re.Match[str]) -> Markup:
    if found["local"]:
        return Markup("{}@<wbr>{}").format(found["local"], Markup("<wbr>.").join(found["domain"].split(".")))
    if len(found["code"]) > LONGEST:
        return escape(found["code"])
    return Markup('<span class="whole">{}</span>').format(found["code"])
