"""Say a rule's sentence in the reader's language: the one place where a `Sentence` becomes text for people."""

from collections.abc import Sequence
from typing import Literal

from babel.lists import format_list
from flask_babel import get_locale, gettext, ngettext

from panel_app.foundation.words import Sentence


def say(sentence: Sentence | str) -> str:
    """A rule's sentence in the reader's language, in the form that its number asks for."""
    if isinstance(sentence, str):
        return str(gettext(sentence))
    if sentence.plural:
        return str(ngettext(sentence.template, sentence.plural, **sentence.params))
    return str(gettext(sentence.template, **sentence.params))


def listed(names: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """Names in a row as the reader's language joins them: "A, B, and C"; "A, B, or C" for the style "or"."""
    return str(format_list(names, style=style, locale=get_locale() or "en")) if names else ""
